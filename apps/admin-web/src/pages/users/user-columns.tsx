import { useTranslation } from 'react-i18next';
import type { User } from '../../api/types';
import type { Column } from '../../ui/list-table';
import { UserContact, UserDepartments, UserLink, UserSources, UserState } from './user-cells';

export function useUserColumns(): Column<User>[] {
  const { t } = useTranslation();
  return [
    {
      title: t('users.name'),
      key: 'name',
      rowScope: 'row',
      render: (user) => (
        <>
          <UserLink user={user} />
          {user.username !== null && user.nickname !== null && <small className="muted">{user.username}</small>}
        </>
      ),
    },
    { title: t('users.contact'), key: 'contact', width: 280, render: (user) => <UserContact user={user} /> },
    {
      title: t('users.department'),
      key: 'department',
      width: 230,
      render: (user) => <UserDepartments user={user} />,
    },
    { title: t('users.source'), key: 'source', width: 180, render: (user) => <UserSources user={user} /> },
    { title: t('users.status'), key: 'status', width: 160, render: (user) => <UserState user={user} /> },
  ];
}
