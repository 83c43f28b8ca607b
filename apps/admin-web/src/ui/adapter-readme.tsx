import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactElement, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { adapterQuery } from '../api/adapters';
import type { Adapter } from '../api/types';
import { ProblemNotice } from './problem-notice';
import './fold-card.css';

const Markdown = lazy(async () => ({ default: (await import('./markdown')).Markdown }));

/** What the author of an adapter says of it; read when somebody asks. */
export function AdapterReadme({ kind, type }: { kind: NonNullable<Adapter['kind']>; type: string }): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const adapter = useQuery({ ...adapterQuery(kind, type), enabled: open });
  return (
    <details className="card fold-card" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('adapterReadme.title')}</summary>
      <div className="fold-card-text">
        {adapter.isError && <ProblemNotice error={adapter.error} onRetry={() => void adapter.refetch()} />}
        {adapter.isPending && <p className="muted">{t('adapterReadme.loading')}</p>}
        {adapter.data?.readme === null && <p className="muted">{t('adapterReadme.none')}</p>}
        {typeof adapter.data?.readme === 'string' && (
          <Suspense fallback={<p className="muted">{t('adapterReadme.loading')}</p>}>
            <Markdown text={adapter.data.readme} />
          </Suspense>
        )}
      </div>
    </details>
  );
}
