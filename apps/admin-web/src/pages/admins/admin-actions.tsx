import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Admin } from '../../api/types';
import { useIsMe } from './admin-cells';
import type { AdminAction } from './admin-action';

interface AdminActionsProps {
  admin: Admin;
  onAction: (action: AdminAction, admin: Admin) => void;
}

/** Nobody takes away his own account or role here: his own password stands on his own page. */
export function AdminActions({ admin, onAction }: AdminActionsProps): ReactElement {
  const { t } = useTranslation();
  const isMe = useIsMe(admin);
  if (isMe) return <Link to="/account">{t('admins.ownAccount')}</Link>;
  const { username } = admin;
  const renew = admin.status === 'active' ? 'reset' : 'newLink';
  return (
    <div className="entry-actions">
      <Button size="small" aria-label={t('admins.editThis', { username })} onClick={() => onAction('edit', admin)}>
        {t('admins.edit')}
      </Button>
      <Button size="small" aria-label={t(`admins.${renew}This`, { username })} onClick={() => onAction('renew', admin)}>
        {t(`admins.${renew}`)}
      </Button>
      <Button size="small" aria-label={t('admins.removeThis', { username })} onClick={() => onAction('remove', admin)}>
        {t('admins.remove')}
      </Button>
    </div>
  );
}
