import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { tasksQuery } from '../../api/tasks';
import { POLL_S, useLive, usePolling } from '../../app/live-tasks';
import { DataList } from '../../ui/data-list';
import { PageHead } from '../../ui/page-head';
import { EmptyTasks } from './empty-tasks';
import { LiveBadge } from './live-badge';
import { TaskCard } from './task-card';
import { useTaskColumns } from './task-columns';
import { TaskFilters } from './task-filters';
import { isFiltered } from './task-search';
import './tasks.css';

const route = getRouteApi('/inner/tasks');

export default function TasksPage(): ReactElement {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useTaskColumns();
  const live = useLive();
  const tasks = useQuery({ ...tasksQuery(search), refetchInterval: usePolling() });

  return (
    <>
      <PageHead
        title={t('tasks.title')}
        intro={t('tasks.intro')}
        actions={<LiveBadge state={tasks.isError ? 'off' : live ? 'on' : 'polling'} seconds={POLL_S} />}
      />
      <DataList
        label={t('tasks.title')}
        query={tasks}
        rowKey={(task) => task.id}
        columns={columns}
        tableWidth={1200}
        card={(task) => <TaskCard task={task} />}
        search={search}
        onSearch={(change) => void navigate({ search: { ...search, ...change } })}
        filters={
          <TaskFilters
            search={search}
            onChange={(change) => void navigate({ search: { ...search, page: undefined, ...change } })}
          />
        }
        filtered={isFiltered(search)}
        onClearFilters={() => void navigate({ search: {} })}
        count={(total) => t('tasks.count', { count: total })}
        empty={<EmptyTasks />}
      />
    </>
  );
}
