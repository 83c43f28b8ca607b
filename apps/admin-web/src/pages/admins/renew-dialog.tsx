import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ADMINS, renewInvitation, withdrawInvitation } from '../../api/admins';
import type { Admin } from '../../api/types';
import { announce } from '../../ui/announcer';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import type { LinkFor } from './admin-action';
import { hasLink } from './admin-cells';

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
  const withdraw = useMutation({
    mutationFn: ({ id }: Admin) => withdrawInvitation(id),
    onSuccess: (_, { username }) => {
      announce(t('admins.withdrawn', { username }));
      onClose();
      void client.invalidateQueries({ queryKey: ADMINS });
    },
  });
  const close = (): void => {
    renew.reset();
    withdraw.reset();
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
      error={renew.error ?? withdraw.error}
      onConfirm={() => shown && renew.mutate(shown)}
      onClose={close}
    >
      <p>{t(`admins.${kind}Text`)}</p>
      {shown && hasLink(shown) && (
        <p>
          {t('admins.hasLink')}{' '}
          <Button size="small" loading={withdraw.isPending} onClick={() => withdraw.mutate(shown)}>
            {t('admins.withdraw')}
          </Button>
        </p>
      )}
    </ConfirmDialog>
  );
}
