import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Standing, statusName } from '../i18n/task-status';

/** How a task stands, in a word or two. */
export function TaskStatus({ task }: { task: Standing }): ReactElement {
  const { t } = useTranslation();
  const name = statusName(task);
  return (
    <span className="status" data-status={name === 'incomplete' ? 'partially_succeeded' : task.status}>
      {t(`status.${name}`)}
    </span>
  );
}
