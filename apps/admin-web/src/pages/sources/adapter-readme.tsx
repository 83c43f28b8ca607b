import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactElement, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { adapterQuery } from '../../api/adapters';
import { ProblemNotice } from '../../ui/problem-notice';

const Markdown = lazy(async () => ({ default: (await import('../../ui/markdown')).Markdown }));

/** What the author of an adapter says of it; read when somebody asks. */
export function AdapterReadme({ type }: { type: string }): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const adapter = useQuery({ ...adapterQuery('source', type), enabled: open });
  return (
    <details className="card source-fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('sourceForm.readme')}</summary>
      <div className="source-fold-text">
        {adapter.isError && <ProblemNotice error={adapter.error} onRetry={() => void adapter.refetch()} />}
        {adapter.isPending && <p className="muted">{t('sourceForm.readmeLoading')}</p>}
        {adapter.data?.readme === null && <p className="muted">{t('sourceForm.readmeNone')}</p>}
        {typeof adapter.data?.readme === 'string' && (
          <Suspense fallback={<p className="muted">{t('sourceForm.readmeLoading')}</p>}>
            <Markdown text={adapter.data.readme} />
          </Suspense>
        )}
      </div>
    </details>
  );
}
