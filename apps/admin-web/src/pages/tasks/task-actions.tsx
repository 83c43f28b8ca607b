import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sourceQuery } from '../../api/sources';
import { detailsKey } from '../../api/task-details';
import { actOnTask, type TaskAction, taskKey } from '../../api/tasks';
import type { Source, Task } from '../../api/types';
import { announce } from '../../ui/announcer';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Notice } from '../../ui/notice';
import { useMay } from '../../ui/use-may';
import { useSourceLabel } from '../../ui/use-source-label';
import { Following } from './following';
import { TaskResult } from './task-cells';
import { actionsOf, meaningOfRetry, removesAny, ROLE_FOR } from './task-rules';
import { UndoText } from './undo-text';
import { useIsSourceGone, useIsTargetGone } from './use-is-gone';

interface TaskActionsProps {
  task: Task;
  /** Those that this place offers. */
  only: readonly TaskAction[];
  /** Where there is little room: short words, quiet buttons. */
  small?: boolean;
}

/** The buttons for what may be done with a task; each asks first and says what happens. */
export function TaskActions({ task, only, small = false }: TaskActionsProps): ReactElement | null {
  const { t } = useTranslation();
  const may = { operator: useMay('operator'), approver: useMay('approver'), viewer: true, admin: useMay('admin') };
  const [asked, setAsked] = useState<{ action: TaskAction; of: Task }>();
  const isSourceGone = useIsSourceGone(task);
  const isTargetGone = useIsTargetGone(task);
  // What the service refuses of somebody who is not there any more.
  const impossible = (action: TaskAction): boolean =>
    (action === 'retry' || action === 'undo') && (isTargetGone || isSourceGone);
  const actions = actionsOf(task).filter(
    (action) => only.includes(action) && may[ROLE_FOR[action]] && !impossible(action),
  );
  // What was asked may have come to nothing: the task went on meanwhile.
  if (actions.length === 0 && asked === undefined) return null;
  return (
    <>
      {actions.map((action) => (
        <button
          key={action}
          type="button"
          className={small ? 'button button-small' : action === 'approve' ? 'button button-primary' : 'button'}
          aria-label={`${buttonText(action)}${t('note.colon')}${t('taskLink.name', { id: task.id })}`}
          onClick={() => setAsked({ action, of: task })}
        >
          {buttonText(action)}
        </button>
      ))}
      {asked && <ActionDialog task={asked.of} now={task} action={asked.action} onClose={() => setAsked(undefined)} />}
    </>
  );

  function buttonText(action: TaskAction): string {
    if (action === 'retry' && !small && task.status === 'partially_succeeded') return t('taskAct.retryFailed');
    if (action === 'cancel' && task.status === 'held') return t('taskAct.discard');
    return t(`taskAct.${action}`);
  }
}

interface ActionDialogProps {
  /** As it was when the question was put: the question stays the same. */
  task: Task;
  now: Task;
  action: TaskAction;
  onClose: () => void;
}

function ActionDialog({ task, now, action, onClose }: ActionDialogProps): ReactElement {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const act = useMutation({
    mutationFn: () => actOnTask(task.id, action),
    onSuccess: (changed) => {
      queryClient.setQueryData(taskKey(changed.id), changed);
      void queryClient.invalidateQueries({ queryKey: ['tasks'] });
      void queryClient.invalidateQueries({ queryKey: detailsKey(changed.id) });
      announce(t(`taskAct.${action}Done`, { id: task.id }));
      onClose();
      if (changed.id !== task.id) void navigate({ to: '/tasks/$taskId', params: { taskId: String(changed.id) } });
    },
  });
  const discards = action === 'cancel' && task.status === 'held';
  const isDangerous = (): boolean => {
    if (action === 'approve') return removesAny(task.counts);
    return action === 'reject' || action === 'undo' || (action === 'cancel' && !discards);
  };
  const off = useTurnedOff(task);
  // A plan that somebody else decided on meanwhile is not what was asked about: to discard it would stop the task.
  const decided = task.status === 'held' && now.status !== 'held' && !act.isPending && !act.isSuccess;
  return (
    <ConfirmDialog
      open
      title={t(discards ? 'taskAct.discardTitle' : `taskAct.${action}Title`, { id: task.id })}
      confirm={t(discards ? 'taskAct.discard' : `taskAct.${action}Confirm`)}
      {...(action === 'cancel' && { close: t('taskAct.leave') })}
      danger={isDangerous()}
      busy={act.isPending}
      disabled={
        decided || (action === 'retry' && off !== undefined && meaningOfRetry(task) === 'readAgain' && !task.dryRun)
      }
      error={act.error}
      onConfirm={() => act.mutate()}
      onClose={onClose}
    >
      {decided ? (
        <Notice kind="warning">{t('taskAct.decided', { id: task.id })}</Notice>
      ) : (
        <ActionText task={task} action={action} />
      )}
    </ConfirmDialog>
  );
}

/** The source that a retry may have to read, when it is turned off. */
function useTurnedOff(task: Task): Source | undefined {
  const { data: source } = useQuery({
    ...sourceQuery(task.source?.id ?? 0),
    enabled: task.kind === 'pull' && task.source !== null,
  });
  return source?.enabled === false ? source : undefined;
}

/** What is tried again, and that a source which is turned off is not read for it. */
function RetryText({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const labelOf = useSourceLabel();
  const off = useTurnedOff(task);
  return (
    <>
      <p>{t(`retryMeans.${meaningOfRetry(task)}`)}</p>
      {off && !task.dryRun && (
        <Notice
          kind="warning"
          action={
            <Link to="/sources/$sourceId" params={{ sourceId: off.id }} className="button button-small">
              {t('taskAct.openSource')}
            </Link>
          }
        >
          {t('taskAct.retryOff', { source: labelOf(off.name) })}
        </Notice>
      )}
    </>
  );
}

/** Where it is not that a later sync may ask for the same. */
function rejectText({ heldReason, kind }: Task) {
  if (heldReason === 'new_target') return 'taskAct.rejectFirstText';
  if (kind === 'purge') return 'taskAct.rejectRemovalText';
  return kind === 'undo' ? 'taskAct.rejectUndoText' : 'taskAct.rejectText';
}

/** What happens then. */
function ActionText({ task, action }: { task: Task; action: TaskAction }): ReactElement {
  const { t } = useTranslation();
  const follows = task.notes?.find(({ code }) => code === 'follows_elsewhere');
  switch (action) {
    case 'retry':
      return <RetryText task={task} />;
    case 'cancel':
      if (task.status === 'held') return <p>{t('taskAct.discardText')}</p>;
      return <p>{t(task.status === 'queued' ? 'taskAct.cancelQueuedText' : 'taskAct.cancelText')}</p>;
    case 'approve':
      return (
        <>
          <p>{task.target ? t('taskAct.approveThereText', { target: task.target.name }) : t('taskAct.approveText')}</p>
          <Following task={task} />
          {follows && <p>{t('note.follows_elsewhere', { count: Number(follows.values['records']) })}</p>}
          {removesAny(task.counts) && <Notice kind="warning">{t('taskAct.approveRemoves')}</Notice>}
          <TaskResult task={task} />
        </>
      );
    case 'reject':
      return (
        <>
          <p>{t(rejectText(task), { target: task.target?.name ?? '' })}</p>
          {task.appliedBefore !== undefined && <p>{t('note.applied_before')}</p>}
        </>
      );
    case 'undo':
      return <UndoText task={task} />;
  }
}
