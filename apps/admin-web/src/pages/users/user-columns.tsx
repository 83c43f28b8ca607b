import type { TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import type { User } from '../../api/types';
import { UserContact, UserDepartments, UserLink, UserSources, UserState } from './user-cells';

export function useUserColumns(): TableProps<User>['columns'] {
  const { t } = useTranslation();
  return [
    {
      title: t('users.name'),
      key: 'name',
      rowScope: 'row',
      render: (_, user) => (
        <>
          <UserLink user={user} />
          {user.username !== null && user.nickname !== null && <small className="muted">{user.username}</small>}
        </>
      ),
    },
    { title: t('users.contact'), key: 'contact', width: 280, render: (_, user) => <UserContact user={user} /> },
    {
      title: t('users.department'),
      key: 'department',
      width: 230,
      render: (_, user) => <UserDepartments user={user} />,
    },
    { title: t('users.source'), key: 'source', width: 150, render: (_, user) => <UserSources user={user} /> },
    { title: t('users.status'), key: 'status', width: 160, render: (_, user) => <UserState user={user} /> },
  ];
}
