import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { allSourcesQuery } from '../../api/all-sources';
import { Back } from '../../ui/back';
import { Notice } from '../../ui/notice';
import { PageHead } from '../../ui/page-head';
import { useMay } from '../../ui/use-may';
import { AdapterChoice } from './adapter-choice';
import { freeName } from './free-name';
import { NewSourceForm } from './new-source-form';
import { useSourceAdapters } from './source-adapter';
import './sources.css';

const route = getRouteApi('/inner/sources/new');

/** First what kind of system, then what it needs to know. */
export default function NewSourcePage(): ReactElement {
  const { t } = useTranslation();
  const { type } = route.useSearch();
  const isAdmin = useMay('admin');
  const { adapters, isPending } = useSourceAdapters();
  const adapter = adapters?.find(({ id }) => id === type);
  const sources = useQuery({ ...allSourcesQuery, enabled: isAdmin });
  // A name that turns out to be taken is refused at its field.
  const waits = isPending || (adapter !== undefined && sources.isPending);
  return (
    <>
      <Back>
        {adapter ? (
          <Link to="/sources/new" search={{}}>
            {t('sourceForm.otherKind')}
          </Link>
        ) : (
          <Link to="/sources">{t('sources.back')}</Link>
        )}
      </Back>
      <PageHead title={adapter ? t('sourceForm.newTitle', { type: adapter.title }) : t('sources.add')} />
      {!isAdmin && <Notice kind="info">{t('sourceForm.byAdmin')}</Notice>}
      {isAdmin && waits && (
        <div className="card card-padded" role="status" aria-label={t('sourceForm.adaptersLoading')}>
          <Skeleton active title={false} paragraph={{ rows: 6 }} />
        </div>
      )}
      {isAdmin && !waits && adapter && (
        <NewSourceForm
          key={adapter.id}
          adapter={adapter}
          name={freeName(adapter.id, sources.data?.map(({ name }) => name) ?? [])}
        />
      )}
      {isAdmin && !isPending && !adapter && (
        <>
          {type !== undefined && adapters && <Notice kind="warning">{t('sourceForm.noAdapter', { type })}</Notice>}
          <p className="source-choice-lead">{t('sourceForm.choose')}</p>
          <AdapterChoice />
          <p className="muted source-choice-more">{t('sourceForm.more')}</p>
        </>
      )}
    </>
  );
}
