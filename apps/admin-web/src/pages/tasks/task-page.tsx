import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { taskQuery } from '../../api/tasks';
import type { Task } from '../../api/types';
import { POLL_S, useLive, usePolling } from '../../app/live-tasks';
import { Back } from '../../ui/back';
import { Notice } from '../../ui/notice';
import { PageHead } from '../../ui/page-head';
import { isMissing, ProblemNotice } from '../../ui/problem-notice';
import { LiveBadge } from './live-badge';
import { TaskActions } from './task-actions';
import { SourceName, TaskCreated, TaskKind } from './task-cells';
import { TaskOverview } from './task-overview';
import { TaskTabs } from './task-tabs';
import { useAnnounceEnd } from './use-announce-end';
import './tasks.css';
import './task.css';

const route = getRouteApi('/inner/tasks/$taskId');

export default function TaskPage(): ReactElement {
  const { t } = useTranslation();
  const { taskId } = route.useParams();
  const isId = /^[1-9]\d{0,14}$/.test(taskId);
  const live = useLive();
  const task = useQuery({ ...taskQuery(Number(taskId)), refetchInterval: usePolling(), enabled: isId });
  const gone = !isId || isMissing(task.error);

  return (
    <>
      <Back>
        <Link to="/tasks">{t('task.all')}</Link>
      </Back>
      <PageHead
        title={t('taskLink.name', { id: taskId })}
        intro={task.data && <Origin task={task.data} />}
        actions={
          task.data && (
            <>
              <LiveBadge state={task.isError ? 'off' : live ? 'on' : 'polling'} seconds={POLL_S} />
              {/* A plan that waits has its buttons where it is shown. */}
              {task.data.status !== 'held' && <TaskActions task={task.data} only={['retry', 'cancel', 'undo']} />}
            </>
          )
        }
      />
      {gone ? (
        <Notice kind="warning" title={t('task.none')}>
          {t('task.noneHelp')}
        </Notice>
      ) : (
        task.isError && (
          <ProblemNotice
            error={task.error}
            title={t(task.data ? 'list.stale' : 'task.failed')}
            kind={task.data ? 'warning' : 'error'}
            onRetry={() => void task.refetch()}
          />
        )
      )}
      {task.isLoading && (
        <div className="card card-padded" role="status" aria-label={t('task.loading')}>
          <Skeleton active paragraph={{ rows: 10 }} />
        </div>
      )}
      {task.data && !gone && <Parts key={task.data.id} task={task.data} />}
    </>
  );
}

function Parts({ task }: { task: Task }): ReactElement {
  useAnnounceEnd(task);
  return (
    <div className="task-parts">
      <TaskOverview task={task} />
      <TaskTabs task={task} />
    </div>
  );
}

/** Where the task comes from, in one line under its name. */
function Origin({ task }: { task: Task }): ReactElement {
  return (
    <>
      <TaskKind task={task} /> · <SourceName task={task} /> · <TaskCreated task={task} />
    </>
  );
}
