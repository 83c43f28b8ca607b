import type { ReactElement } from 'react';
import type { Task } from '../../api/types';
import { TaskLink } from '../../ui/task-link';
import { RowActions } from './row-actions';
import { SourceName, TaskCost, TaskCreated, TaskKind, TaskMessage, TaskResult, TaskState } from './task-cells';

/** A task where a table with eight columns has no room. */
export function TaskCard({ task }: { task: Task }): ReactElement {
  return (
    <>
      <div className="task-card-head">
        <TaskLink id={task.id} className="task-name" />
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
