import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { adaptersQuery } from '../../api/adapters';
import type { Adapter } from '../../api/types';
import { Notice } from '../../ui/notice';
import { PageHead } from '../../ui/page-head';
import { ProblemNotice } from '../../ui/problem-notice';
import { Capabilities } from './capabilities';
import { SchemaTable } from './schema-table';
import './adapters.css';

const route = getRouteApi('/inner/administration/adapters/$adapterId');

export default function AdapterPage(): ReactElement {
  const { t } = useTranslation();
  const { adapterId } = route.useParams();
  const { kind } = route.useSearch();
  const adapters = useQuery(adaptersQuery);
  const adapter = adapters.data?.find((one) => one.id === adapterId && (kind === undefined || one.kind === kind));
  return (
    <>
      <p className="back">
        <Link to="/adapters">{t('adapters.all')}</Link>
      </p>
      <PageHead title={adapter?.title ?? adapterId} />
      {adapters.isError && (
        <ProblemNotice error={adapters.error} title={t('list.failed')} onRetry={() => void adapters.refetch()} />
      )}
      {adapters.isPending && (
        <div className="card card-padded" role="status" aria-label={t('list.loading', { list: adapterId })}>
          <Skeleton active title={false} paragraph={{ rows: 6 }} />
        </div>
      )}
      {adapters.data && !adapter && <Notice kind="warning">{t('adapters.unknown', { id: adapterId })}</Notice>}
      {adapter && <AdapterDetails adapter={adapter} />}
    </>
  );
}

function AdapterDetails({ adapter }: { adapter: Adapter }): ReactElement {
  const { t } = useTranslation();
  const { id, kind, version, origin, contract, configSchema, error } = adapter;
  return (
    <div className="adapter-details">
      {error !== undefined && (
        <Notice kind="error" title={t('adapters.notLoaded')}>
          {error}
        </Notice>
      )}
      <section className="card card-padded" aria-labelledby="adapter-facts">
        <h2 id="adapter-facts" className="visually-hidden">
          {t('adapters.facts')}
        </h2>
        <dl className="facts">
          <dt>{t('adapters.kind')}</dt>
          <dd>{kind === null ? '–' : t(`adapterKind.${kind}`)}</dd>
          <dt>{t('adapters.id')}</dt>
          <dd>
            <code>{id}</code>
          </dd>
          <dt>{t('adapters.package')}</dt>
          <dd>
            <code>{origin}</code>
          </dd>
          <dt>{t('adapters.versionTerm')}</dt>
          <dd>{version ?? '–'}</dd>
          <dt>{t('adapters.contract')}</dt>
          <dd>{contract ?? '–'}</dd>
          <dt>{t('adapters.capabilities')}</dt>
          <dd>{error === undefined ? <Capabilities adapter={adapter} /> : '–'}</dd>
        </dl>
      </section>
      {configSchema && <SchemaTable schema={configSchema} />}
    </div>
  );
}
