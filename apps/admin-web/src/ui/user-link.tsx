import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** Leads to the user who is told by a number, beside the form that tells it: what is typed there stays. */
export function UserLink({ id }: { id: number }): ReactElement {
  const { t } = useTranslation();
  return (
    <Link to="/users/$userId" params={{ userId: id }} target="_blank">
      {t('form.openUser', { id })}
    </Link>
  );
}
