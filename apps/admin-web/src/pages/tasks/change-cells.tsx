import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Change, Outcome, Task } from '../../api/types';
import { Differences } from './differences';
import { useTargetName } from './use-target-name';

/** What is shown of the record leads to whom it stands for. */
function Standing({ change, children }: { change: Change; children: ReactElement }): ReactElement {
  const { dataType, resourceId } = change;
  if (resourceId === null) return children;
  return dataType === 'user' ? (
    <Link to="/users/$userId" params={{ userId: resourceId }}>
      {children}
    </Link>
  ) : (
    <Link to="/departments/$departmentId" params={{ departmentId: resourceId }}>
      {children}
    </Link>
  );
}

/** Whose change it is, and where. */
export function ChangeRecord({ change }: { change: Change }): ReactElement {
  const { t } = useTranslation();
  const targetName = useTargetName();
  const { uid, name, position } = change;
  return (
    <>
      {name !== null && name !== uid ? (
        <Standing change={change}>
          <span className="change-name" title={name}>
            {name}
          </span>
        </Standing>
      ) : uid === null ? (
        <span className="muted">
          {position === null ? t('taskChange.noUid') : t('taskChange.noUidAt', { n: position + 1 })}
        </span>
      ) : (
        <Standing change={change}>
          <span className="change-uid">{uid}</span>
        </Standing>
      )}
      <small className="muted">
        {name !== null && name !== uid && uid !== null && (
          <>
            <span className="change-uid">{uid}</span> ·{' '}
          </>
        )}
        {targetName(change.target, change.dataType)}
      </small>
    </>
  );
}

interface ChangeOfTask {
  change: Change;
  task: Task;
}

/** Nothing holds back what a preview shows: it is planned. */
export function outcomeName(outcome: Outcome, { status, heldReason }: Pick<Task, 'status' | 'heldReason'>): Outcome {
  return outcome === 'held' && status === 'held' && heldReason === 'preview' ? 'planned' : outcome;
}

/** What the record needs, and what became of it. */
export function ChangeKind({ change, task }: ChangeOfTask): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {t(change.action === null ? 'changeAction.refused' : `changeAction.${change.action}`)}
      <small className="change-outcome" data-outcome={change.outcome}>
        {t(`changeOutcome.${outcomeName(change.outcome, task)}`)}
      </small>
    </>
  );
}

/** A change where a table has no room. */
export function ChangeCard({ change, task }: ChangeOfTask): ReactElement {
  return (
    <>
      <div className="task-card-head">
        <div>
          <ChangeRecord change={change} />
        </div>
        <div className="change-kind">
          <ChangeKind change={change} task={task} />
        </div>
      </div>
      <Differences change={change} />
    </>
  );
}
