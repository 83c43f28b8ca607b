import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSettled } from '../../api/tasks';
import type { Task } from '../../api/types';
import { useFormats } from '../../i18n/format';
import { useTaskText } from '../../i18n/use-task-text';
import { TaskLink } from '../../ui/task-link';
import { TaskStatus } from '../../ui/task-status';
import { useMay } from '../../ui/use-may';
import { CountsTable } from './counts-table';
import { DownloadButton } from './download-button';
import { TaskCost, TaskProgress, UndoneBy } from './task-cells';
import { DecisionActions, DecisionTitle, TaskDecision } from './task-decision';
import { useTargetName } from './use-target-name';
import { actionsOf, meaningOfRetry, waitedMs } from './task-rules';
import { Timeline } from './timeline';
import { READS_NOTHING } from './timeline-steps';
import { WaitsFor } from './waits-for';

/**
 * How the task stands, on one card: status and message, the six steps, what it did where or what has to be decided, and
 * the facts, which can wait.
 */
export function TaskOverview({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const watched = useWatched(task);
  return (
    <section
      className="card task-overview"
      data-status={task.status}
      data-watched={watched || undefined}
      aria-label={t('task.overview')}
    >
      <div className="task-standing">
        <TaskStatus task={task} />
        <div className="task-standing-text">
          {task.status === 'held' ? <DecisionTitle task={task} /> : <Standing task={task} />}
        </div>
      </div>
      <Timeline task={task} />
      {task.status === 'held' ? <TaskDecision task={task} /> : <Counts task={task} />}
      <DecisionActions task={task} />
      <Facts task={task} />
    </section>
  );
}

/** Whether the page has shown the task before its end: what was kept free for that end stays, so that nothing moves. */
function useWatched(task: Task): boolean {
  const [watched, setWatched] = useState(false);
  const goesOn = !isSettled(task);
  if (goesOn && !watched) setWatched(true);
  return watched || goesOn;
}

/** What it did; its place is kept from the beginning, so that nothing below moves when that comes. */
function Counts({ task }: { task: Task }): ReactElement {
  return (
    <div className="task-counts">
      <CountsOrWhy task={task} />
    </div>
  );
}

function CountsOrWhy({ task }: { task: Task }): ReactElement | null {
  const { t } = useTranslation();
  if (Object.keys(task.counts).length > 0) return <CountsTable task={task} />;
  if (!isSettled(task)) return <p className="muted">{t('task.countsLater')}</p>;
  if (!actionsOf(task).includes('retry')) return null;
  // It came to no plan: instead of numbers, that nothing was applied, and what can be done.
  return <p className="task-prose muted">{t(`retryMeans.${meaningOfRetry(task)}`)}</p>;
}

/** The message, or what stands for one. */
function Standing({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const text = useTaskText(task);
  if (task.status === 'running') {
    return (
      <>
        {text} <TaskProgress task={task} />
      </>
    );
  }
  return (
    <>
      {text}
      {task.status === 'queued' && task.nextAttemptAt && (
        <> {t('tasks.nextAttempt', { time: formats.clock(task.nextAttemptAt) })}</>
      )}{' '}
      <WaitsFor task={task} /> <UndoneBy task={task} />
    </>
  );
}

/** What is known of every task has its line from the beginning; what only some come to stands below. */
function Facts({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const targetName = useTargetName();
  const formats = useFormats();
  const mayOperate = useMay('operator');
  const waited = waitedMs(task);
  // Planning what is held, and applying it once it is approved, is one try.
  const tries = task.attempts - (task.approvedAt ? 1 : 0);
  const { user, department } = task.read;
  const read = [
    ...(user === undefined ? [] : [t('task.users', { count: user })]),
    ...(department === undefined ? [] : [t('task.departments', { count: department })]),
  ];
  // Of a read that has not come to its end, or was stopped before it, only how much there was.
  const { step, done } = task.progress;
  if (read.length === 0 && step === 'read' && done > 0) read.push(t('tasks.soFar', { count: done }));
  return (
    <dl className="task-facts">
      <Fact label={t('task.batch')}>{task.batch}</Fact>
      <Fact label={t('tasks.created')}>
        <Moment iso={task.createdAt} />
      </Fact>
      <Fact label={t('task.started')}>
        <Moment iso={task.startedAt} />
      </Fact>
      <Fact label={t('task.finished')}>
        <Moment iso={task.status === 'held' ? null : task.finishedAt} />
      </Fact>
      <Fact label={t('tasks.cost')}>
        <TaskCost task={task} />
      </Fact>
      {task.kind === 'pull' && <Fact label={t('task.mode')}>{t(`readMode.${task.mode}`)}</Fact>}
      {task.target && <Fact label={t('tasks.target')}>{targetName(task.target.name)}</Fact>}
      {!READS_NOTHING.has(task.kind) && (
        <Fact label={t(task.kind === 'push' ? 'task.sent' : 'task.read')}>{read.join(' · ') || <NotYet />}</Fact>
      )}
      {!READS_NOTHING.has(task.kind) && mayOperate && (
        <Fact label={t('task.raw')}>
          <DownloadButton
            path={`/api/tasks/${task.id}/raw`}
            accept="application/x-ndjson"
            fileName={`task-${task.id}.ndjson`}
            disabled={read.length === 0}
            reason={read.length === 0 && isSettled(task) ? t('task.rawNone') : undefined}
          >
            {t('task.downloadRaw')}
          </DownloadButton>
        </Fact>
      )}
      {task.undoes !== undefined && (
        <Fact label={t('task.undoes')}>
          <TaskLink id={task.undoes} />
        </Fact>
      )}
      {task.approvedAt && (
        <Fact label={t('task.approved')}>
          <Moment iso={task.approvedAt} />
        </Fact>
      )}
      {task.decidedBy !== undefined && (
        <Fact label={t(task.rejected ? 'task.rejectedBy' : 'task.approvedBy')}>{task.decidedBy}</Fact>
      )}
      {waited !== undefined && <Fact label={t('task.waited')}>{formats.duration(waited)}</Fact>}
      {tries > 1 && <Fact label={t('task.attempts')}>{tries}</Fact>}
    </dl>
  );
}

function NotYet(): ReactElement {
  return <span className="muted">–</span>;
}

function Moment({ iso }: { iso: string | null | undefined }): ReactElement {
  const formats = useFormats();
  if (iso === null || iso === undefined) return <NotYet />;
  return (
    <time dateTime={iso} title={formats.exactMoment(iso)}>
      {formats.moment(iso)}
    </time>
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
