import { Table, type TableProps } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../api/types';
import { SourceName, TaskCost, TaskCreated, TaskKind, TaskMessage, TaskResult, TaskState } from './task-cells';

interface TaskTableProps {
  tasks: readonly Task[];
  pagination: TableProps<Task>['pagination'];
  /** Another page or filter is on its way; what shows is the one before. */
  outdated: boolean;
}

export function TaskTable({ tasks, pagination, outdated }: TaskTableProps): ReactElement {
  const { t } = useTranslation();
  const columns: TableProps<Task>['columns'] = [
    { title: t('tasks.batch'), dataIndex: 'batch', width: 110, rowScope: 'row', className: 'task-batch' },
    { title: t('tasks.status'), key: 'status', width: 190, render: (_, task) => <TaskState task={task} /> },
    { title: t('tasks.source'), key: 'source', width: 150, render: (_, task) => <SourceName task={task} /> },
    { title: t('tasks.kind'), key: 'kind', width: 120, render: (_, task) => <TaskKind task={task} /> },
    { title: t('tasks.result'), key: 'result', width: 230, render: (_, task) => <TaskResult task={task} /> },
    { title: t('tasks.message'), key: 'message', render: (_, task) => <TaskMessage task={task} /> },
    { title: t('tasks.cost'), key: 'cost', width: 120, align: 'end', render: (_, task) => <TaskCost task={task} /> },
    { title: t('tasks.created'), key: 'created', width: 170, render: (_, task) => <TaskCreated task={task} /> },
  ];
  return (
    <Table<Task>
      className={outdated ? 'task-table outdated' : 'task-table'}
      aria-busy={outdated}
      rowKey="id"
      columns={columns}
      dataSource={tasks}
      pagination={pagination}
      tableLayout="fixed"
      scroll={{ x: 1120 }}
    />
  );
}
