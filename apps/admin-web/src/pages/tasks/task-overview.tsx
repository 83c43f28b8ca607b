import { Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../api/types';
import { useFormats } from '../../i18n/format';
import { useTaskText } from '../../i18n/use-task-text';
import { useMay } from '../../ui/use-may';
import { CountsTable } from './counts-table';
import { DownloadButton } from './download-button';
import { StatusBadge, TaskProgress } from './task-cells';
import { Timeline } from './timeline';

/** How the task stands, on one card: status and message, the six steps, what it did where, and the facts. */
export function TaskOverview({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  return (
    <section className="card task-overview" aria-label={t('task.overview')}>
      <div className="task-main">
        <div className="task-standing">
          <StatusBadge task={task} />
          <p className="task-standing-text">
            <Standing task={task} />
          </p>
        </div>
        {task.status === 'running' && <TaskProgress task={task} />}
        <Timeline task={task} />
        {task.status !== 'held' && <CountsTable task={task} />}
      </div>
      <Facts task={task} />
    </section>
  );
}

/** The message, or what stands for one; why a plan is held is said where it is decided. */
function Standing({ task }: { task: Task }): ReactElement | null {
  const { t } = useTranslation();
  const formats = useFormats();
  const textOf = useTaskText();
  if (task.status === 'held') return <>{task.heldReason && t(`heldReason.${task.heldReason}`)}</>;
  return (
    <>
      {textOf(task)}
      {task.status === 'queued' && task.nextAttemptAt && (
        <> {t('tasks.nextAttempt', { time: formats.clock(task.nextAttemptAt) })}</>
      )}
    </>
  );
}

function Facts({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const mayOperate = useMay('operator');
  const { user, department } = task.read;
  const read = [
    ...(user === undefined ? [] : [t('task.users', { count: user })]),
    ...(department === undefined ? [] : [t('task.departments', { count: department })]),
  ];
  return (
    <dl className="task-facts">
      <Moment label={t('tasks.created')} iso={task.createdAt} />
      <Moment label={t('task.started')} iso={task.startedAt} />
      <Moment label={t('task.approved')} iso={task.approvedAt} />
      <Moment label={t('task.finished')} iso={task.status === 'held' ? null : task.finishedAt} />
      <Cost task={task} />
      {task.attempts > 1 && <Fact label={t('task.attempts')}>{task.attempts}</Fact>}
      {task.kind === 'pull' && <Fact label={t('task.mode')}>{t(`readMode.${task.mode}`)}</Fact>}
      {read.length > 0 && <Fact label={t(task.kind === 'push' ? 'task.sent' : 'task.read')}>{read.join(' · ')}</Fact>}
      {task.target && <Fact label={t('tasks.target')}>{task.target.name}</Fact>}
      {task.undoes !== undefined && (
        <Fact label={t('task.undoes')}>
          <TaskLink id={task.undoes} />
        </Fact>
      )}
      {task.undoneBy !== undefined && (
        <Fact label={t('task.undoneBy')}>
          <TaskLink id={task.undoneBy} />
        </Fact>
      )}
      {mayOperate && read.length > 0 && (
        <Fact label={t('task.raw')}>
          <DownloadButton
            path={`/api/tasks/${task.id}/raw`}
            accept="application/x-ndjson"
            fileName={`task-${task.id}.ndjson`}
          >
            {t('task.downloadRaw')}
          </DownloadButton>
        </Fact>
      )}
    </dl>
  );
}

function Cost({ task }: { task: Task }): ReactElement | null {
  const { t } = useTranslation();
  const formats = useFormats();
  if (task.costMs === null) return null;
  return <Fact label={t('tasks.cost')}>{formats.duration(task.costMs)}</Fact>;
}

function Moment({ label, iso }: { label: string; iso: string | null | undefined }): ReactElement | null {
  const formats = useFormats();
  if (iso === null || iso === undefined) return null;
  return (
    <Fact label={label}>
      <time dateTime={iso} title={formats.exactMoment(iso)}>
        {formats.moment(iso)}
      </time>
    </Fact>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function TaskLink({ id }: { id: number }): ReactElement {
  const { t } = useTranslation();
  return (
    <Link to="/tasks/$taskId" params={{ taskId: String(id) }}>
      {t('task.number', { id })}
    </Link>
  );
}
