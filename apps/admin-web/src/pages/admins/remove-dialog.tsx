import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ADMINS, removeAdmin } from '../../api/admins';
import type { Admin } from '../../api/types';
import { announce } from '../../ui/announcer';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Notice } from '../../ui/notice';
import { useAdminRefusal } from './admin-fields';

interface RemoveDialogProps {
  /** Undefined: closed. */
  admin: Admin | undefined;
  onClose: () => void;
}

export function RemoveDialog({ admin, onClose }: RemoveDialogProps): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [shown, setShown] = useState(admin);
  if (admin && admin !== shown) setShown(admin);
  const remove = useMutation({
    mutationFn: ({ id }: Admin) => removeAdmin(id),
    onSuccess: (_, { username }) => {
      announce(t('admins.removed', { username }));
      onClose();
      void client.invalidateQueries({ queryKey: ADMINS });
    },
  });
  const refused = useAdminRefusal(remove.error).role;
  const close = (): void => {
    remove.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      open={admin !== undefined}
      title={t('admins.removeTitle', { username: shown?.username })}
      confirm={t('admins.removeConfirm')}
      danger
      busy={remove.isPending}
      error={refused === undefined ? remove.error : undefined}
      onConfirm={() => shown && remove.mutate(shown)}
      onClose={close}
    >
      <p>{t('admins.removeText')}</p>
      {refused !== undefined && <Notice kind="error">{refused}</Notice>}
    </ConfirmDialog>
  );
}
