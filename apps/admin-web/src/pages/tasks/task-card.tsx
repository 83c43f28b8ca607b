import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../api/types';
import { RowActions } from './row-actions';
import {
  SourceName,
  TaskCost,
  TaskCreated,
  TaskKind,
  TaskLinkByName,
  TaskMessage,
  TaskResult,
  TaskState,
} from './task-cells';

/** A task where a table with eight columns has no room. */
export function TaskCard({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <div className="task-card-head">
        <span>
          {t('tasks.batch')} <TaskLinkByName task={task} />
        </span>
        <TaskState task={task} />
      </div>
      <div className="muted">
        <SourceName task={task} /> · <TaskKind task={task} />
      </div>
      <TaskResult task={task} />
      {task.message !== null && <TaskMessage task={task} />}
      <div className="muted task-card-foot">
        <TaskCreated task={task} />
        <TaskCost task={task} />
      </div>
      <RowActions task={task} />
    </>
  );
}
