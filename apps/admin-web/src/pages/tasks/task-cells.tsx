import { Link } from '@tanstack/react-router';
import { Fragment, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isSettled } from '../../api/tasks';
import type { Task } from '../../api/types';
import { heldWhy } from '../../i18n/held-reason';
import { useFormats } from '../../i18n/format';
import { kindKey } from '../../i18n/task-kind';
import { useTaskText } from '../../i18n/use-task-text';
import { TaskLink } from '../../ui/task-link';
import { TaskStatus } from '../../ui/task-status';
import { useSourceLabel } from '../../ui/use-source-label';
import { useTargetName } from './use-target-name';
import { countText } from './count-text';
import { countRows } from './count-rows';
import { countsToShow, WORRYING } from './counts-to-show';
import { isPlanned } from './task-rules';
import { useIsSourceGone } from './use-is-gone';

/** Status and what belongs to it while it lasts: how far, why held, when tried again. */
export function TaskState({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const why = task.status === 'held' ? heldWhy(task) : undefined;
  const reason = why && t(`heldReason.${why}`);
  const next =
    task.status === 'queued' && task.nextAttemptAt
      ? t('tasks.nextAttempt', { time: formats.clock(task.nextAttemptAt) })
      : undefined;
  return (
    <div className="task-state">
      <TaskStatus task={task} />
      {task.status === 'running' && <TaskProgress task={task} />}
      {reason !== undefined && <small className="muted">{reason}</small>}
      {next !== undefined && <small className="muted">{next}</small>}
      <UndoneBy task={task} />
    </div>
  );
}

/** What a task did may be gone again: which other one took it back, or is about to. */
export function UndoneBy({ task }: { task: Task }): ReactElement | null {
  const { t } = useTranslation();
  if (task.undoneBy === undefined) return null;
  return (
    <small className="muted">
      {t(task.undone ? 'tasks.undoneBy' : 'tasks.toBeUndoneBy')} <TaskLink id={task.undoneBy} />
    </small>
  );
}

export function TaskProgress({ task }: { task: Task }): ReactElement | null {
  const { t } = useTranslation();
  const { progress } = task;
  if (!progress.step) return null;
  const { done, total } = progress;
  const measured = total !== null && total > 0;
  return (
    <small className="muted task-progress">
      {t(`step.${progress.step}`)}
      {measured && ` · ${t('tasks.progress', { done, total })}`}
      {total === null && done > 0 && ` · ${t('tasks.soFar', { count: done })}`}
      <progress
        aria-label={t('tasks.progressOf', { id: task.id })}
        {...(measured && { value: Math.min(done, total), max: total })}
      />
    </small>
  );
}

/** What the task did, or would do, target by target; what did not change is worth a word only where nothing else happened. */
export function TaskResult({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const targetName = useTargetName();
  const rows = countsToShow(countRows(task));
  if (rows.length === 0) return <span className="muted nothing">–</span>;
  return (
    <dl className="task-result">
      {rows.map(({ target, dataType, counts }) => (
        <div key={`${target}/${dataType}`}>
          <dt>{targetName(target, dataType)} </dt>
          <dd>
            {counts.map(({ name, count }, index) => (
              <Fragment key={name}>
                {index > 0 && ' · '}
                <span className={name === 'stale' ? 'muted' : undefined} data-worry={WORRYING.has(name) || undefined}>
                  {countText(t, name, count, isPlanned(task))}
                </span>
              </Fragment>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** How it came about; of what fills up one target, which one. */
export function TaskKind({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const targetName = useTargetName();
  return (
    <>
      {t(kindKey(task))}
      {task.target && ` · ${targetName(task.target.name)}`}
      {task.dryRun && ` · ${t('tasks.preview')}`}
    </>
  );
}

/** The source's name, which leads to its page, while there is one: where a task fails, that is where it is mended. */
export function SourceName({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const labelOf = useSourceLabel();
  const isGone = useIsSourceGone(task);
  if (!task.source) return <span className="muted">{t('tasks.noSource')}</span>;
  if (isGone) return <span className="task-source">{task.source.name}</span>;
  return (
    <Link to="/sources/$sourceId" params={{ sourceId: task.source.id }} className="task-source">
      {labelOf(task.source.name)}
    </Link>
  );
}

export function TaskMessage({ task }: { task: Task }): ReactElement {
  const text = useTaskText(task);
  return (
    <span className="task-message" title={text === '' ? undefined : text}>
      {text}
    </span>
  );
}

/** How long it ran; what it waited is not in it. */
export function TaskCost({ task }: { task: Task }): ReactElement {
  const formats = useFormats();
  // What it has run is told when it is over: before that it grows, or is that of an attempt before.
  const ran = isSettled(task) ? task.costMs : null;
  return (
    <span className={ran === null ? 'task-number nothing' : 'task-number'}>
      {ran === null ? '–' : formats.duration(ran)}
    </span>
  );
}

export function TaskCreated({ task }: { task: Task }): ReactElement {
  const formats = useFormats();
  return (
    <time dateTime={task.createdAt} title={formats.exactMoment(task.createdAt)}>
      {formats.moment(task.createdAt)}
    </time>
  );
}
