import { Pagination, type PaginationProps } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../api/types';
import { SourceName, TaskCost, TaskCreated, TaskKind, TaskMessage, TaskResult, TaskState } from './task-cells';

interface TaskCardsProps {
  tasks: readonly Task[];
  pagination: PaginationProps;
  outdated: boolean;
}

/** The task list where a table with eight columns has no room. */
export function TaskCards({ tasks, pagination, outdated }: TaskCardsProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <ul
        className={outdated ? 'task-cards outdated' : 'task-cards'}
        aria-busy={outdated}
        aria-label={t('tasks.title')}
      >
        {tasks.map((task) => (
          <li key={task.id}>
            <div className="task-card-head">
              <strong>
                {t('tasks.batch')} {task.batch}
              </strong>
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
          </li>
        ))}
      </ul>
      <Pagination {...pagination} simple />
    </>
  );
}
