import { useTranslation } from 'react-i18next';
import type { Admin } from '../../api/types';
import type { Column } from '../../ui/list-table';
import { AdminActions } from './admin-actions';
import { AdminName, AdminSignIn, AdminState } from './admin-cells';
import type { AdminAction } from './admin-action';

export function useAdminColumns(onAction: ((action: AdminAction, admin: Admin) => void) | undefined): Column<Admin>[] {
  const { t } = useTranslation();
  return [
    {
      title: t('admins.username'),
      key: 'username',
      rowScope: 'row',
      render: (admin) => <AdminName admin={admin} />,
    },
    { title: t('admins.role'), key: 'role', width: 160, render: (admin) => t(`role.${admin.role}`) },
    { title: t('admins.state'), key: 'state', width: 220, render: (admin) => <AdminState admin={admin} /> },
    { title: t('admins.lastSignIn'), key: 'signIn', width: 220, render: (admin) => <AdminSignIn admin={admin} /> },
    ...(onAction
      ? [
          {
            title: <span className="visually-hidden">{t('list.actions')}</span>,
            key: 'actions',
            width: 320,
            render: (admin: Admin) => <AdminActions admin={admin} onAction={onAction} />,
          },
        ]
      : []),
  ];
}
