import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { AdapterIcon } from '../../ui/adapter-icon';
import { ProblemNotice } from '../../ui/problem-notice';
import { useSourceAdapters } from './source-adapter';

/** What kinds of source can be added here, built in or not. `read`: only those that Rollcall reads by itself. */
export function AdapterChoice({ read = false }: { read?: boolean }): ReactElement {
  const { t } = useTranslation();
  const { adapters, error, refetch, data } = useSourceAdapters();
  const lost = data?.filter((adapter) => adapter.error !== undefined && adapter.kind !== 'target') ?? [];
  return (
    <>
      {error !== null && (
        <ProblemNotice error={error} title={t('sourceForm.adaptersFailed')} onRetry={() => void refetch()} />
      )}
      <ul className="adapter-choice">
        {adapters
          ?.filter(({ capabilities }) => !read || capabilities.pull)
          .map((adapter) => (
            <li key={adapter.id}>
              <Link to="/sources/new" search={{ type: adapter.id }} className="card adapter-card">
                <AdapterIcon icon={adapter.icon} size={40} />
                <span>
                  <strong>{adapter.title}</strong>
                  <span className="muted">{adapter.description ?? adapter.origin}</span>
                </span>
              </Link>
            </li>
          ))}
      </ul>
      {lost.map((adapter) => (
        <p key={adapter.origin + String(adapter.id)} className="muted">
          {t('sourceForm.notLoaded', { name: adapter.title, reason: adapter.error })}
        </p>
      ))}
    </>
  );
}
