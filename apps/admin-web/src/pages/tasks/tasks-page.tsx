import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, type PaginationProps, Skeleton } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { tasksQuery } from '../../api/tasks';
import { DEFAULT_PAGE_SIZE } from '../../api/types';
import { ProblemNotice } from '../../ui/problem-notice';
import { useMedia } from '../../ui/use-media';
import { usePageTitle } from '../../ui/use-page-title';
import { EmptyTasks } from './empty-tasks';
import { LiveBadge } from './live-badge';
import { TaskCards } from './task-cards';
import { TaskFilters } from './task-filters';
import { TaskTable } from './task-table';
import { useLiveTasks } from './use-live-tasks';
import './tasks.css';

const route = getRouteApi('/inner/tasks');

/** How often the list is read without the live connection, and with it (in case it died without a word). */
const POLL_S = 5;
const SAFETY_POLL_S = 60;

export default function TasksPage(): ReactElement {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const live = useLiveTasks();
  const narrow = useMedia('(max-width: 50rem)');
  const tasks = useQuery({
    ...tasksQuery(search),
    refetchInterval: ({ state }) => (live && state.status !== 'error' ? SAFETY_POLL_S : POLL_S) * 1000,
  });
  usePageTitle(t('tasks.title'));

  const { data } = tasks;
  const page = search.page ?? 1;
  const filtered = search.status !== undefined || search.kind !== undefined;
  const total = data?.total ?? 0;
  const pageSize = search.pageSize ?? DEFAULT_PAGE_SIZE;
  const pagination: PaginationProps = {
    current: page,
    pageSize,
    total,
    showSizeChanger: false,
    hideOnSinglePage: true,
    onChange: (next) => void navigate({ search: { ...search, page: next } }),
  };

  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('tasks.title')}</h1>
          <p className="muted">{t('tasks.intro')}</p>
        </div>
        <LiveBadge state={tasks.isError ? 'off' : live ? 'on' : 'polling'} seconds={POLL_S} />
      </div>
      {tasks.isError && (
        <ProblemNotice
          error={tasks.error}
          title={t(data ? 'tasks.stale' : 'tasks.failed')}
          kind={data ? 'warning' : 'error'}
          onRetry={() => void tasks.refetch()}
        />
      )}
      {tasks.isPending && (
        <div className="card card-padded" role="status" aria-label={t('tasks.loading')}>
          <Skeleton active title={false} paragraph={{ rows: 8 }} />
        </div>
      )}
      {data && data.total === 0 && !filtered && page === 1 && <EmptyTasks />}
      {data && (data.total > 0 || filtered || page > 1) && (
        <div className="card">
          <TaskFilters
            search={search}
            total={total}
            onChange={(change) => void navigate({ search: { ...search, page: undefined, ...change } })}
          />
          {data.items.length === 0 ? (
            <div className="no-match" role="status">
              <p>{data.total === 0 ? t('tasks.noMatch') : t('tasks.pastTheEnd', { page })}</p>
              <Button onClick={() => void navigate({ search: data.total === 0 ? {} : { ...search, page: 1 } })}>
                {t(data.total === 0 ? 'tasks.clearFilters' : 'tasks.firstPage')}
              </Button>
            </div>
          ) : narrow ? (
            <TaskCards tasks={data.items} pagination={pagination} outdated={tasks.isPlaceholderData} />
          ) : (
            <TaskTable tasks={data.items} pagination={pagination} outdated={tasks.isPlaceholderData} />
          )}
        </div>
      )}
    </>
  );
}
