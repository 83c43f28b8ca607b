import type { TFunction } from 'i18next';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { changesPath } from '../../api/task-details';
import type { Task } from '../../api/types';
import { doubtText } from '../../i18n/doubt-text';
import { heldWhy } from '../../i18n/held-reason';
import { useTaskText } from '../../i18n/use-task-text';
import { Notice } from '../../ui/notice';
import { TaskLink } from '../../ui/task-link';
import { useMay } from '../../ui/use-may';
import { CountsTable } from './counts-table';
import { DownloadButton } from './download-button';
import { Following } from './following';
import { TaskActions } from './task-actions';
import { changesIn, failuresIn, rowsIn } from './task-rules';

const TITLE = 'decision-title';

/** What has to be decided, in one line. */
export function DecisionTitle({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const reason = reasonOf(task);
  // What a read that broke off did not bring may be another matter.
  const told = reason === 'nothing' && ofTheRead(task).length > 0 ? 'nothingRead' : reason;
  return <h2 id={TITLE}>{t(`decision.${told}`, { target: task.target?.name ?? '' })}</h2>;
}

/** A plan that waits: what speaks against it, and what it would do. The buttons come after it. */
export function TaskDecision({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const mayOperate = useMay('operator');
  const changes = changesIn(task.counts);
  const reason = reasonOf(task);
  const rows = rowsIn(task.counts);
  const refused = failuresIn(task.counts);
  const outdated = rows - changes - refused;
  const planTitle = (): string =>
    [
      t('decision.plan', { count: changes }),
      ...(outdated > 0 ? [t('decision.outdated', { count: outdated })] : []),
      ...(refused > 0 ? [t('decision.refused', { count: refused })] : []),
    ].join(t('decision.and'));
  return (
    <section className="decision" aria-labelledby={TITLE}>
      <p className="muted">
        {reason !== 'nothing' && reason !== 'new_target' && `${standsText(t, task)} `}
        {t(`decision.${meaningOf(task)}Text`, { target: task.target?.name ?? '' })}
      </p>
      <Doubts task={task} />
      <ReadNotes task={task} />
      {reason !== 'nothing' && <h3>{planTitle()}</h3>}
      <CountsTable task={task} />
      {changes > 0 && <Following task={task} />}
      {rows > 0 && (
        <div className="decision-plan">
          <p className="muted">{t(mayOperate ? 'decision.eachCsv' : 'decision.each')}</p>
          {mayOperate && (
            <DownloadButton path={changesPath(task.id, {})} accept="text/csv" fileName={`task-${task.id}-changes.csv`}>
              {t('taskChange.csv')}
            </DownloadButton>
          )}
        </div>
      )}
    </section>
  );
}

/**
 * The buttons for what has to be decided. They are there for every task, so that a question stays open whose plan somebody
 * else decides on meanwhile: whoever answers it is told so.
 */
export function DecisionActions({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const mayApprove = useMay('approver');
  const waits = task.status === 'held';
  return (
    <div className="decision-actions" hidden={!waits}>
      <TaskActions task={task} only={waits ? ['approve', 'reject', 'cancel'] : []} />
      {waits && !mayApprove && reasonOf(task) !== 'nothing' && (
        <small className="muted">{t('decision.byApprover')}</small>
      )}
    </div>
  );
}

function reasonOf(task: Task) {
  return task.heldReason === 'preview' && changesIn(task.counts) === 0 ? 'nothing' : (heldWhy(task) ?? 'limits');
}

/** Whether anything was done already: a task that was tried again may have come some way before. */
const standsText = (t: TFunction, { appliedBefore: count }: Task): string =>
  count === undefined ? t('decision.untouched') : t('decision.touched', { count });

/** A large loss that somebody has just asked for is no mistake of the source. */
function meaningOf(task: Task) {
  const reason = reasonOf(task);
  return reason === 'limits' && (task.kind === 'undo' || task.kind === 'purge') ? task.kind : reason;
}

/** What the page says in other words: why the plan waits. */
const OF_THE_PLAN = new Set<string>(['preview', 'preview_empty', 'would_be_held', 'new_target', 'doubt']);

const ofTheRead = ({ notes = [] }: Task): NonNullable<Task['notes']> =>
  notes.filter(({ code }) => !OF_THE_PLAN.has(code));

/** What the read did not see, or saw in two ways: the plan may lack it. */
function ReadNotes({ task }: { task: Task }): ReactElement | null {
  const text = useTaskText({ ...task, notes: ofTheRead(task), message: null });
  return text === '' ? null : <Notice kind="warning">{text}</Notice>;
}

function Doubts({ task }: { task: Task }): ReactElement | null {
  const { t } = useTranslation();
  const { doubts = [] } = task;
  if (doubts.length === 0) return null;
  return (
    <ul className="doubts">
      {doubts.map((doubt, index) => (
        <li key={index}>
          {doubtText(t, doubt)} {doubt.taskId ? <TaskLink id={doubt.taskId} /> : null}
        </li>
      ))}
    </ul>
  );
}
