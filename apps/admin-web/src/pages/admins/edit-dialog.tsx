import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ADMINS, updateAdmin } from '../../api/admins';
import type { Admin } from '../../api/types';
import { announce } from '../../ui/announcer';
import { FormDialog } from '../../ui/form-dialog';
import { ADMIN_PLACES, type AdminDraft, AdminFields } from './admin-fields';

interface EditDialogProps {
  /** Undefined: closed. */
  admin: Admin | undefined;
  onClose: () => void;
}

/** Another username, another role. */
export function EditDialog({ admin, onClose }: EditDialogProps): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [shown, setShown] = useState(admin);
  const [draft, setDraft] = useState<AdminDraft>({ username: '', role: 'viewer' });
  if (admin && admin !== shown) {
    setShown(admin);
    setDraft({ username: admin.username, role: admin.role });
  }
  const forget = (): void => {
    setShown(undefined);
    onClose();
  };
  const update = useMutation({
    mutationFn: ({ id, ...body }: AdminDraft & { id: number }) => updateAdmin(id, body),
    onSuccess: ({ username }) => {
      announce(t('admins.changed', { username }));
      forget();
      void client.invalidateQueries({ queryKey: ADMINS });
    },
  });
  const close = (): void => {
    update.reset();
    forget();
  };
  const username = draft.username.trim();
  return (
    <FormDialog
      open={admin !== undefined}
      title={t('admins.editTitle', { username: shown?.username })}
      submit={t('dialog.save')}
      busy={update.isPending}
      error={update.error}
      places={ADMIN_PLACES}
      onSubmit={() => {
        if (shown && username !== '') update.mutate({ ...draft, username, id: shown.id });
      }}
      onClose={close}
    >
      <AdminFields
        draft={draft}
        usernameMissing={username === ''}
        error={update.error}
        onChange={(change) => setDraft({ ...draft, ...change })}
      />
      {shown && draft.role !== shown.role && <p className="muted">{t('admins.roleEndsSessions')}</p>}
    </FormDialog>
  );
}
