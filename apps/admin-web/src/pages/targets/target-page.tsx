import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { targetQuery } from '../../api/targets';
import type { Target } from '../../api/types';
import { AdapterError } from '../../ui/adapter-error';
import { AdapterReadme } from '../../ui/adapter-readme';
import { Back } from '../../ui/back';
import { PageHead } from '../../ui/page-head';
import { present, ProblemNotice } from '../../ui/problem-notice';
import { useMay } from '../../ui/use-may';
import { AwayNotice } from './away';
import { Backlog } from './backlog';
import { DeleteTarget } from './delete-target';
import { HeldPlans } from './held-plans';
import { Reviews } from './reviews';
import { SwitchTarget } from './switch-target';
import { useTargetAdapters } from './target-adapters';
import { TargetLastTask, TargetSources, TargetState, TargetType, useTargetName } from './target-cells';
import { TargetSettingsForm } from './target-settings-form';
import './targets.css';

const route = getRouteApi('/inner/targets/$targetId');

export default function TargetPage(): ReactElement {
  const { t } = useTranslation();
  const { targetId } = route.useParams();
  const target = useQuery(targetQuery(targetId));
  const shown = present(target);
  const nameOf = useTargetName();
  const isAdmin = useMay('admin');
  return (
    <>
      <Back>
        <Link to="/targets">{t('targets.back')}</Link>
      </Back>
      <PageHead
        title={shown ? nameOf(shown) : t('targets.one')}
        actions={shown && !shown.builtIn && isAdmin && <SwitchTarget target={shown} />}
      />
      {target.isError && (
        <ProblemNotice
          error={target.error}
          title={t(target.data ? 'list.stale' : 'targets.failed')}
          missing={t('targets.noSuch')}
          kind={shown ? 'warning' : 'error'}
          onRetry={() => void target.refetch()}
        />
      )}
      {target.isPending && (
        <div className="card card-padded" role="status" aria-label={t('targets.loading')}>
          <Skeleton active title={false} paragraph={{ rows: 6 }} />
        </div>
      )}
      {shown && <Content key={targetId} target={shown} />}
    </>
  );
}

function Content({ target }: { target: Target }): ReactElement {
  const { t } = useTranslation();
  const adapters = useTargetAdapters();
  const isAdmin = useMay('admin');
  return (
    <div className="target-sections">
      <AdapterError of={target} title={t('targets.adapterMissing')} />
      <AwayNotice target={target} />
      <Reviews target={target} />
      {!target.builtIn && <HeldPlans target={target} />}
      <dl className="card card-padded target-facts">
        <div>
          <dt>{t('targets.state')}</dt>
          <dd>
            <TargetState target={target} />
          </dd>
        </div>
        <div>
          <dt>{t('targets.type')}</dt>
          <dd>
            <TargetType target={target} />
          </dd>
        </div>
        <div>
          <dt>{t('targets.sources')}</dt>
          <dd>
            <TargetSources sources={target.sources} />
          </dd>
        </div>
        <div>
          <dt>{t('targets.lastTask')}</dt>
          <dd>
            <TargetLastTask target={target} />
          </dd>
        </div>
      </dl>
      {target.builtIn && <p className="target-built-in">{t('targets.builtInText')}</p>}
      {target.adapterError === null && <Backlog target={target} />}
      {!target.builtIn && <Settings target={target} />}
      {!target.builtIn && target.adapterError === null && <AdapterReadme kind="target" type={target.type} />}
      {/* Below the form, which comes with the adapters: it would be pushed away. */}
      {!target.builtIn && isAdmin && !adapters.isPending && <DeleteTarget target={target} />}
    </div>
  );
}

function Settings({ target }: { target: Target }): ReactElement | null {
  const { t } = useTranslation();
  const { adapters, isError, error, refetch } = useTargetAdapters();
  const adapter = adapters?.find(({ id }) => id === target.type);
  if (!adapter && isError) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!adapter) return null;
  return (
    <section className="card card-padded" aria-labelledby="target-settings">
      <h2 id="target-settings">{t('targets.settings')}</h2>
      <TargetSettingsForm target={target} adapter={adapter} />
    </section>
  );
}
