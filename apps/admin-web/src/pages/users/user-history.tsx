import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserChange } from '../../api/types';
import { userChangesQuery } from '../../api/users';
import { DataList } from '../../ui/data-list';
import type { Column } from '../../ui/list-table';
import { useMay } from '../../ui/use-may';
import { ChangeMoment, ChangeOrigin, ChangeText, ChangeTitle } from './change-cells';

const route = getRouteApi('/inner/users/$userId');

/** What happened to a user, by tasks and by hand. */
export function UserHistory({ userId }: { userId: number }): ReactElement {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const seesBefore = useMay('operator');
  const changes = useQuery(userChangesQuery(userId, search));
  const columns: Column<UserChange>[] = [
    { title: t('history.when'), key: 'when', width: 220, render: (change) => <ChangeMoment change={change} /> },
    { title: t('history.what'), key: 'what', width: 190, render: (change) => <ChangeTitle change={change} /> },
    { title: t('history.details'), key: 'details', render: (change) => <ChangeText change={change} /> },
    { title: t('history.by'), key: 'by', width: 190, render: (change) => <ChangeOrigin change={change} /> },
  ];
  return (
    <section className="user-history" aria-labelledby="user-history">
      <h2 id="user-history">{t('history.title')}</h2>
      <DataList
        label={t('history.title')}
        query={changes}
        rowKey={keyOf}
        columns={columns}
        tableWidth={860}
        card={(change) => (
          <>
            <div className="user-card-head">
              <ChangeTitle change={change} />
              <ChangeMoment change={change} />
            </div>
            <ChangeText change={change} />
            <div className="card-line">
              <ChangeOrigin change={change} />
            </div>
          </>
        )}
        search={search}
        onSearch={(change) => void navigate({ search: { ...search, ...change }, resetScroll: false })}
        filters={<span className="muted">{t(seesBefore ? 'history.intro' : 'history.withoutBefore')}</span>}
        count={(total) => t('history.count', { count: total })}
        empty={<div className="card card-padded muted">{t('history.none')}</div>}
      />
    </section>
  );
}

const keyOf = (change: UserChange): string =>
  [change.at, change.task?.id, change.target, change.uid, change.action, change.department?.id].join('\n');
