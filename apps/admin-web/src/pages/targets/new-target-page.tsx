import { getRouteApi, Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { AdapterReadme } from '../../ui/adapter-readme';
import { Back } from '../../ui/back';
import { Notice } from '../../ui/notice';
import { PageHead } from '../../ui/page-head';
import { ProblemNotice } from '../../ui/problem-notice';
import { useMay } from '../../ui/use-may';
import { NewTargetForm } from './new-target-form';
import { type TargetAdapter, useTargetAdapters } from './target-adapters';
import './targets.css';

const route = getRouteApi('/inner/targets/new');

/** First what kind of system, then what it needs to know. */
export default function NewTargetPage(): ReactElement {
  const { t } = useTranslation();
  const { type } = route.useSearch();
  const isAdmin = useMay('admin');
  const { adapters: choice, ...adapters } = useTargetAdapters();
  const adapter = choice?.find(({ id }) => id === type) ?? (choice?.length === 1 ? choice[0] : undefined);
  return (
    <>
      <Back>
        <Link to="/targets">{t('targets.back')}</Link>
      </Back>
      <PageHead title={adapter ? t('targetForm.newTitle', { type: adapter.title }) : t('targets.add')} />
      {!isAdmin && <Notice kind="info">{t('targetForm.adminsOnly')}</Notice>}
      {adapters.isError && <ProblemNotice error={adapters.error} onRetry={() => void adapters.refetch()} />}
      {isAdmin && adapters.isPending && (
        <div className="card card-padded" role="status" aria-label={t('list.loading', { list: t('targets.add') })}>
          <Skeleton active title={false} paragraph={{ rows: 6 }} />
        </div>
      )}
      {isAdmin && choice && adapter && (
        <div className="target-sections">
          <NewTargetForm key={adapter.id} adapter={adapter} />
          <AdapterReadme kind="target" type={adapter.id} />
        </div>
      )}
      {isAdmin && choice && !adapter && <Types choice={choice} />}
    </>
  );
}

function Types({ choice }: { choice: readonly TargetAdapter[] }): ReactElement {
  const { t } = useTranslation();
  if (choice.length === 0) {
    return (
      <section className="empty" aria-labelledby="no-adapter">
        <h2 id="no-adapter">{t('targetForm.noAdapter')}</h2>
        <p>{t('targetForm.noAdapterText')}</p>
      </section>
    );
  }
  return (
    <>
      <p className="target-types-lead">{t('targetForm.chooseType')}</p>
      <ul className="target-types">
        {choice.map(({ id, title, description, origin, version }) => (
          <li key={id}>
            <Link to="/targets/new" search={{ type: id }} className="card target-type">
              <strong>{title}</strong>
              {description !== null && <span>{description}</span>}
              <small className="muted">{[origin, version].filter(Boolean).join(' ')}</small>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
