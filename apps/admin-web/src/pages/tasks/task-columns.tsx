import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../api/types';
import type { Column } from '../../ui/list-table';
import { TaskLink } from '../../ui/task-link';
import { RowActions } from './row-actions';
import { SourceName, TaskCost, TaskCreated, TaskKind, TaskMessage, TaskResult, TaskState } from './task-cells';

/** Eight facts and what to do, in seven columns: what belongs together stands together, and the message keeps its room. */
export function useTaskColumns(): Column<Task>[] {
  const { t } = useTranslation();
  return [
    {
      title: t('tasks.task'),
      key: 'task',
      width: 180,
      rowScope: 'row',
      render: (task) => <TaskName task={task} />,
    },
    { title: t('tasks.status'), key: 'status', width: 205, render: (task) => <TaskState task={task} /> },
    { title: t('tasks.source'), key: 'source', width: 150, render: (task) => <SourceAndKind task={task} /> },
    { title: t('tasks.result'), key: 'result', width: 225, render: (task) => <TaskResult task={task} /> },
    { title: t('tasks.message'), key: 'message', render: (task) => <TaskMessage task={task} /> },
    { title: t('tasks.cost'), key: 'cost', width: 140, align: 'end', render: (task) => <TaskCost task={task} /> },
    {
      title: <span className="visually-hidden">{t('tasks.actions')}</span>,
      key: 'actions',
      width: 130,
      render: (task) => <RowActions task={task} />,
    },
  ];
}

function TaskName({ task }: { task: Task }): ReactElement {
  return (
    <>
      <TaskLink id={task.id} className="task-name" />
      <small className="muted">
        <TaskCreated task={task} />
      </small>
    </>
  );
}

function SourceAndKind({ task }: { task: Task }): ReactElement {
  return (
    <>
      <SourceName task={task} />
      <small className="muted">
        <TaskKind task={task} />
      </small>
    </>
  );
}
