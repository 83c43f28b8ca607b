import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ADMINS, renewInvitation } from '../../api/admins';
import type { Admin } from '../../api/types';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import type { LinkFor } from './admin-action';

interface RenewDialogProps {
  /** Undefined: closed. */
  admin: Admin | undefined;
  onLink: (link: LinkFor) => void;
  onClose: () => void;
}

/** A new one-time link: for a forgotten password, or for an invitation that got lost. */
export function RenewDialog({ admin, onLink, onClose }: RenewDialogProps): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [shown, setShown] = useState(admin);
  if (admin && admin !== shown) setShown(admin);
  const renew = useMutation({
    mutationFn: ({ id }: Admin) => renewInvitation(id),
    onSuccess: (invitation, { username }) => {
      onClose();
      onLink({ username, invitation });
      void client.invalidateQueries({ queryKey: ADMINS });
    },
  });
  const close = (): void => {
    renew.reset();
    onClose();
  };
  const username = shown?.username;
  const kind = shown?.status === 'active' ? 'reset' : 'newLink';
  return (
    <ConfirmDialog
      open={admin !== undefined}
      title={t(`admins.${kind}Title`, { username })}
      confirm={t('admins.makeLink')}
      busy={renew.isPending}
      error={renew.error}
      onConfirm={() => shown && renew.mutate(shown)}
      onClose={close}
    >
      <p>{t(`admins.${kind}Text`)}</p>
    </ConfirmDialog>
  );
}
