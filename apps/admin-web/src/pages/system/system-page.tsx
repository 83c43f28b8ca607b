import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { systemQuery } from '../../api/system';
import type { System } from '../../api/types';
import { PageHead } from '../../ui/page-head';
import { ProblemNotice } from '../../ui/problem-notice';
import { Checks } from './checks';
import { Problems } from './problems';
import { QueueFigures } from './queue-figures';
import { RecordsChart, TasksChart } from './charts';
import { SourceAges } from './source-ages';
import { Versions } from './versions';
import './system.css';

export default function SystemPage(): ReactElement {
  const { t } = useTranslation();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const system = useQuery(systemQuery(timeZone));
  return (
    <>
      <PageHead title={t('system.title')} intro={t('system.intro')} />
      {system.isError && (
        <ProblemNotice
          error={system.error}
          title={t(system.data ? 'list.stale' : 'system.failed')}
          kind={system.data ? 'warning' : 'error'}
          onRetry={() => void system.refetch()}
        />
      )}
      {system.isPending && (
        <div className="card card-padded" role="status" aria-label={t('list.loading', { list: t('system.title') })}>
          <Skeleton active title={false} paragraph={{ rows: 8 }} />
        </div>
      )}
      {system.data && <SystemState system={system.data} outdated={system.isError} />}
    </>
  );
}

function SystemState({ system, outdated }: { system: System; outdated: boolean }): ReactElement {
  return (
    <div className={outdated ? 'system outdated' : 'system'}>
      <Problems system={system} />
      <Checks checks={system.checks} />
      <QueueFigures queue={system.queue} />
      <div className="system-charts">
        <TasksChart days={system.days} />
        <RecordsChart days={system.days} />
      </div>
      <SourceAges />
      <Versions system={system} />
    </div>
  );
}
