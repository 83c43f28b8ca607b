import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ADMINS, inviteAdmin } from '../../api/admins';
import { FormDialog } from '../../ui/form-dialog';
import { useDraft } from '../../ui/use-draft';
import { ADMIN_PLACES, type AdminDraft, AdminFields } from './admin-fields';
import type { LinkFor } from './admin-action';

const NOBODY: AdminDraft = { username: '', role: 'viewer' };

interface InviteDialogProps {
  open: boolean;
  onLink: (link: LinkFor) => void;
  onClose: () => void;
}

export function InviteDialog({ open, onLink, onClose }: InviteDialogProps): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [draft, setDraft, forgetDraft] = useDraft<AdminDraft>('invitation', NOBODY);
  const [checked, setChecked] = useState(false);
  const forget = (): void => {
    forgetDraft();
    setDraft(NOBODY);
    setChecked(false);
    onClose();
  };
  const invite = useMutation({
    mutationFn: inviteAdmin,
    onSuccess: ({ username, invitation }) => {
      forget();
      onLink({ username, invitation });
      void client.invalidateQueries({ queryKey: ADMINS });
    },
  });
  const missing = draft.username.trim() === '';
  const close = (): void => {
    invite.reset();
    forget();
  };
  return (
    <FormDialog
      open={open}
      title={t('admins.inviteTitle')}
      submit={t('admins.inviteSubmit')}
      busy={invite.isPending}
      error={invite.error}
      places={ADMIN_PLACES}
      onSubmit={() => {
        setChecked(true);
        if (!missing) invite.mutate({ ...draft, username: draft.username.trim() });
      }}
      onClose={close}
    >
      <p className="muted">{t('admins.inviteText')}</p>
      <AdminFields
        draft={draft}
        usernameMissing={checked && missing}
        error={invite.error}
        onChange={(change) => setDraft({ ...draft, ...change })}
      />
    </FormDialog>
  );
}
