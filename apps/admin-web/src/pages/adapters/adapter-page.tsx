import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { lazy, type ReactElement, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { adapterQuery, adaptersQuery } from '../../api/adapters';
import type { Adapter } from '../../api/types';
import { localAdapter } from '../../i18n/adapter-texts';
import { Back } from '../../ui/back';
import { Notice } from '../../ui/notice';
import { PageHead } from '../../ui/page-head';
import { ProblemNotice } from '../../ui/problem-notice';
import { Capabilities } from './capabilities';
import { SchemaTable } from './schema-table';
import './adapters.css';

const Markdown = lazy(async () => ({ default: (await import('../../ui/markdown')).Markdown }));

const route = getRouteApi('/inner/administration/adapters/$adapterId');

export default function AdapterPage(): ReactElement {
  const { t, i18n } = useTranslation();
  const { adapterId } = route.useParams();
  const { kind } = route.useSearch();
  const adapters = useQuery(adaptersQuery);
  const found = adapters.data?.find((one) => one.id === adapterId && (kind === undefined || one.kind === kind));
  const adapter = found && localAdapter(found, i18n.language);
  return (
    <>
      <Back>
        <Link to="/adapters">{t('adapters.all')}</Link>
      </Back>
      <PageHead
        title={adapter?.title ?? adapterId}
        {...(adapter?.description != null && { intro: adapter.description })}
      />
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
      {kind !== null && id !== null && <Readme kind={kind} id={id} />}
    </div>
  );
}

/** What the author of the package says of it. */
function Readme({ kind, id }: { kind: 'source' | 'target'; id: string }): ReactElement {
  const { t } = useTranslation();
  const detail = useQuery(adapterQuery(kind, id));
  const readme = detail.data?.readme;
  const loading = <Skeleton active title={false} paragraph={{ rows: 6 }} />;
  return (
    <section aria-labelledby="adapter-readme">
      <h2 id="adapter-readme">{t('adapters.readme')}</h2>
      {detail.isError && <ProblemNotice error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.data && readme == null && <p className="muted">{t('adapters.noReadme')}</p>}
      {(detail.isPending || readme != null) && (
        <div className="card card-padded">
          {readme == null ? (
            loading
          ) : (
            <Suspense fallback={loading}>
              <Markdown text={readme} />
            </Suspense>
          )}
        </div>
      )}
    </section>
  );
}
