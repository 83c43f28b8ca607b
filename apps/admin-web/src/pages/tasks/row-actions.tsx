import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../api/types';
import { TaskActions } from './task-actions';

/** What can be done with a task right from the list. A held plan is looked at first. */
export function RowActions({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="row-actions">
      {task.status === 'held' && (
        <Link
          to="/tasks/$taskId"
          params={{ taskId: String(task.id) }}
          className="button button-small"
          aria-label={`${t('taskAct.review')}${t('note.colon')}${t('taskLink.name', { id: task.id })}`}
        >
          {t('taskAct.review')}
        </Link>
      )}
      {task.status !== 'held' && <TaskActions task={task} only={['retry', 'cancel', 'undo']} small />}
    </div>
  );
}
