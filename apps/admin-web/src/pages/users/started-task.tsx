import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../api/types';
import { statusName } from '../../i18n/task-status';
import { useTaskText } from '../../i18n/use-task-text';
import { Notice } from '../../ui/notice';
import { TaskLink } from '../../ui/task-link';
import { useFollowedTask } from './use-followed-task';

/** What becomes of a task that was started on this page. */
export function StartedTask({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const now = useFollowedTask(task) ?? task;
  const text = useTaskText(now);
  const bad = now.status === 'failed' || now.status === 'partially_succeeded' || now.status === 'held';
  return (
    <Notice kind={bad ? 'warning' : now.status === 'succeeded' ? 'good' : 'info'}>
      <TaskLink id={now.id} />
      {t('note.colon')}
      {t(`status.${statusName(now)}`)}
      {text !== '' && ` · ${text}`}
    </Notice>
  );
}
