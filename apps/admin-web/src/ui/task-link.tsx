import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** "Task 7", which leads there. */
export function TaskLink({ id }: { id: number }): ReactElement {
  const { t } = useTranslation();
  const address: string = `/tasks/${id}`;
  return <Link to={address}>{t('taskLink.name', { id })}</Link>;
}
