import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactElement } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { adaptersQuery } from '../../api/adapters';
import type { Adapter } from '../../api/types';
import { localAdapter } from '../../i18n/adapter-texts';
import { PageHead } from '../../ui/page-head';
import { ProblemNotice } from '../../ui/problem-notice';
import { AdapterCard } from './adapter-card';
import './adapters.css';

const KINDS = ['source', 'target'] as const;

export default function AdaptersPage(): ReactElement {
  const { t, i18n } = useTranslation();
  const adapters = useQuery(adaptersQuery);
  const all = adapters.data?.map((adapter) => localAdapter(adapter, i18n.language));
  return (
    <>
      <PageHead title={t('adapters.title')} intro={t('adapters.intro')} />
      {adapters.isError && (
        <ProblemNotice error={adapters.error} title={t('list.failed')} onRetry={() => void adapters.refetch()} />
      )}
      {adapters.isPending && (
        <div className="card card-padded" role="status" aria-label={t('list.loading', { list: t('adapters.title') })}>
          <Skeleton active title={false} paragraph={{ rows: 6 }} />
        </div>
      )}
      {all && (
        <>
          <AdapterGroup name="broken" adapters={all.filter(({ error }) => error !== undefined)} />
          {KINDS.map((kind) => (
            <AdapterGroup
              key={kind}
              name={kind}
              adapters={all.filter((adapter) => adapter.kind === kind && adapter.error === undefined)}
            />
          ))}
          <p className="muted">
            <Trans i18nKey="adapters.install" components={{ code: <code /> }} />
          </p>
        </>
      )}
    </>
  );
}

interface AdapterGroupProps {
  name: 'broken' | 'source' | 'target';
  adapters: readonly Adapter[];
}

function AdapterGroup({ name, adapters }: AdapterGroupProps): ReactElement | null {
  const { t } = useTranslation();
  if (adapters.length === 0) return null;
  return (
    <section className="adapter-group" aria-labelledby={`adapters-${name}`}>
      <h2 id={`adapters-${name}`}>{t(`adapterGroup.${name}`)}</h2>
      <ul className="adapter-list">
        {adapters.map((adapter) => (
          <li key={`${adapter.kind ?? ''}:${adapter.id ?? adapter.origin}`}>
            <AdapterCard adapter={adapter} />
          </li>
        ))}
      </ul>
    </section>
  );
}
