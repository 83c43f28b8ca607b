import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** "Task 7": what a task is called everywhere. It leads there. */
export function TaskLink({ id, className }: { id: number; className?: string }): ReactElement {
  const { t } = useTranslation();
  const address: string = `/tasks/${id}`;
  return (
    <Link to={address} {...(className !== undefined && { className })}>
      {t('taskLink.name', { id })}
    </Link>
  );
}
