import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Admin } from '../../api/types';
import { AdminActions } from './admin-actions';
import { AdminName, AdminSignIn, AdminState } from './admin-cells';
import type { AdminAction } from './admin-action';

interface AdminCardProps {
  admin: Admin;
  onAction: ((action: AdminAction, admin: Admin) => void) | undefined;
}

/** An account where a table has no room. */
export function AdminCard({ admin, onAction }: AdminCardProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <div className="row-head">
        <AdminName admin={admin} />
        <span>{t(`role.${admin.role}`)}</span>
      </div>
      <dl className="facts">
        <dt>{t('admins.state')}</dt>
        <dd>
          <AdminState admin={admin} />
        </dd>
        <dt>{t('admins.lastSignIn')}</dt>
        <dd>
          <AdminSignIn admin={admin} />
        </dd>
      </dl>
      {onAction && <AdminActions admin={admin} onAction={onAction} />}
    </>
  );
}
