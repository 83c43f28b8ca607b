import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { allSourcesQuery } from '../../api/all-sources';
import type { Source } from '../../api/types';
import { useFormats } from '../../i18n/format';
import { ProblemNotice } from '../../ui/problem-notice';
import { TaskLink } from '../../ui/task-link';
import { TaskStatus } from '../../ui/task-status';

/** How old the last success of each source is, the oldest first. */
export function SourceAges(): ReactElement {
  const { t } = useTranslation();
  const sources = useQuery({ ...allSourcesQuery, refetchInterval: 15_000 });
  return (
    <section>
      <h2 id="system-sources">{t('system.sources')}</h2>
      {sources.isError && (
        <ProblemNotice error={sources.error} title={t('list.failed')} onRetry={() => void sources.refetch()} />
      )}
      {sources.isPending && (
        <div className="card card-padded" role="status" aria-label={t('list.loading', { list: t('system.sources') })}>
          <Skeleton active title={false} paragraph={{ rows: 2 }} />
        </div>
      )}
      {sources.data && (
        <div className="card table-scroll" tabIndex={0} role="region" aria-labelledby="system-sources">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('system.source')}</th>
                <th scope="col">{t('system.lastSuccess')}</th>
                <th scope="col">{t('system.lastTask')}</th>
              </tr>
            </thead>
            <tbody>
              {sources.data.toSorted(byAge).map((source) => (
                <SourceRow key={source.id} source={source} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function SourceRow({ source }: { source: Source }): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const { displayName, enabled, lastSucceededAt, lastTask, overdueSince } = source;
  return (
    <tr>
      <th scope="row">
        <Link to="/sources/$sourceId" params={{ sourceId: source.id }}>
          {displayName}
        </Link>
        {!enabled && <small className="muted">{t('system.disabled')}</small>}
      </th>
      <td>
        {lastSucceededAt === null ? (
          <span className="muted">{t('system.neverSucceeded')}</span>
        ) : (
          <time dateTime={lastSucceededAt} title={formats.exactMoment(lastSucceededAt)}>
            {formats.ago(lastSucceededAt, new Date())}
          </time>
        )}
        {overdueSince !== null && <small className="source-warning">{t('sources.overdue')}</small>}
      </td>
      <td>{lastTask === null ? <span className="muted">–</span> : <LastTask task={lastTask} />}</td>
    </tr>
  );
}

function LastTask({ task }: { task: NonNullable<Source['lastTask']> }): ReactElement {
  return (
    <>
      <TaskStatus task={task} /> <TaskLink id={task.id} />
    </>
  );
}

/** Enabled ones first; among them whoever succeeded longest ago, and those that never did at the end. */
function byAge(a: Source, b: Source): number {
  if (a.enabled !== b.enabled) return a.enabled ? -1 : 1;
  return (a.lastSucceededAt ?? '9').localeCompare(b.lastSucceededAt ?? '9');
}
