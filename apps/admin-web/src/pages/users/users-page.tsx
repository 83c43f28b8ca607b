import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { COUNT_LIMIT } from '../../api/types';
import { usersQuery } from '../../api/users';
import { DataList } from '../../ui/data-list';
import { PageHead } from '../../ui/page-head';
import { useMay } from '../../ui/use-may';
import { hasDraft } from '../../ui/use-draft';
import { DRAFTS } from '../directory/draft-keys';
import { UserCard } from './user-card';
import { useUserColumns } from './user-columns';
import { NewUserDialog } from './user-dialogs';
import { UserFilters } from './user-filters';
import type { UserSearch } from './user-search';
import '../directory/directory.css';
import './users.css';

const route = getRouteApi('/inner/users');

export default function UsersPage(): ReactElement {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useUserColumns();
  const isAdmin = useMay('admin');
  const [adding, setAdding] = useState(() => hasDraft(DRAFTS.newUser));
  const users = useQuery(usersQuery(search));
  const onFilter = useCallback(
    (change: Partial<UserSearch>) =>
      void navigate({ search: (before) => ({ ...before, page: undefined, ...change }), replace: 'q' in change }),
    [navigate],
  );
  const { page: _page, pageSize: _pageSize, ...filters } = search;

  const noMatchHelp =
    search.departmentId !== undefined
      ? t('users.departmentHelp')
      : search.q !== undefined
        ? [t('users.searchHelp'), ...(search.status === undefined ? [t('users.deletedHidden')] : [])].join(' ')
        : undefined;
  return (
    <>
      <PageHead
        title={t('users.title')}
        intro={t('users.intro')}
        actions={isAdmin && <Button onClick={() => setAdding(true)}>{t('users.add')}</Button>}
      />
      <DataList
        label={t('users.title')}
        query={users}
        rowKey={(user) => user.id}
        columns={columns}
        tableWidth={1060}
        card={(user) => <UserCard user={user} />}
        search={search}
        onSearch={(change) => void navigate({ search: { ...search, ...change } })}
        filters={<UserFilters search={search} onChange={onFilter} />}
        filtered={Object.keys(filters).length > 0}
        onClearFilters={() => void navigate({ search: {} })}
        noMatchHelp={noMatchHelp}
        // A search stops there: nobody reads on, and counting would take longer.
        count={(total) =>
          search.q !== undefined && total >= COUNT_LIMIT
            ? t('users.countOrMore', { count: total })
            : t('users.count', { count: total })
        }
        empty={<NoUsers />}
      />
      {adding && <NewUserDialog onClose={() => setAdding(false)} />}
    </>
  );
}

/** Nobody is here: where people come from. */
function NoUsers(): ReactElement {
  const { t } = useTranslation();
  return (
    <section className="empty" aria-labelledby="no-users">
      <h2 id="no-users">{t('users.none')}</h2>
      <p>{t('users.noneHelp')}</p>
      <p>
        <Link to="/">{t('users.noneLink')}</Link>
      </p>
    </section>
  );
}
