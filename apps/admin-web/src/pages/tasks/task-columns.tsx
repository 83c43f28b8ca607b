import type { TableProps } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../api/types';
import { SourceName, TaskCost, TaskCreated, TaskKind, TaskMessage, TaskResult, TaskState } from './task-cells';

/** Eight facts in six columns: what belongs together stands together, and the message keeps its room. */
export function useTaskColumns(): TableProps<Task>['columns'] {
  const { t } = useTranslation();
  return [
    {
      title: t('tasks.batch'),
      key: 'batch',
      width: 190,
      rowScope: 'row',
      render: (_, task) => <TaskName task={task} />,
    },
    { title: t('tasks.status'), key: 'status', width: 200, render: (_, task) => <TaskState task={task} /> },
    { title: t('tasks.source'), key: 'source', width: 170, render: (_, task) => <SourceAndKind task={task} /> },
    { title: t('tasks.result'), key: 'result', width: 270, render: (_, task) => <TaskResult task={task} /> },
    { title: t('tasks.message'), key: 'message', render: (_, task) => <TaskMessage task={task} /> },
    { title: t('tasks.cost'), key: 'cost', width: 125, align: 'end', render: (_, task) => <TaskCost task={task} /> },
  ];
}

function TaskName({ task }: { task: Task }): ReactElement {
  return (
    <>
      <span className="task-batch">{task.batch}</span>
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
