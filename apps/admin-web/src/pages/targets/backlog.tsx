import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { backlogQuery } from '../../api/targets';
import type { Target, TargetBacklog } from '../../api/types';
import { ProblemNotice } from '../../ui/problem-notice';
import { useMedia } from '../../ui/use-media';

type SourceBacklog = TargetBacklog['sources'][number];

/** What has not arrived there, source by source. */
export function Backlog({ target }: { target: Target }): ReactElement {
  const { t } = useTranslation();
  const backlog = useQuery(backlogQuery(target.id));
  const narrow = useMedia('(max-width: 50rem)');
  const sources = backlog.data?.sources ?? [];
  return (
    <section className="card target-backlog" aria-labelledby="target-backlog">
      <div className="target-backlog-head">
        <h2 id="target-backlog">{t('backlog.title')}</h2>
        <p className="muted">{t(textOf(target))}</p>
      </div>
      {backlog.isError && <ProblemNotice error={backlog.error} onRetry={() => void backlog.refetch()} />}
      {backlog.isPending && (
        <div className="target-backlog-head" role="status" aria-label={t('backlog.counting')}>
          <Skeleton active title={false} paragraph={{ rows: 2 }} />
        </div>
      )}
      {backlog.data && sources.length === 0 && <p className="target-backlog-head">{t('backlog.nothing')}</p>}
      {sources.length > 0 && (narrow ? <Cards sources={sources} /> : <Rows sources={sources} />)}
    </section>
  );
}

/** Records, waiting ones, failed ones: the same numbers in a table and on a card. */
function useNumbers(sources: SourceBacklog[]): { label: string; show: (source: SourceBacklog) => ReactNode }[] {
  const { t } = useTranslation();
  const number = (count: number): string => t('backlog.number', { count });
  const address = (task: number): string => `/tasks/${task}`;
  return [
    { label: t('backlog.records'), show: ({ records }) => number(records) },
    {
      label: t('backlog.waiting'),
      show: ({ waiting }) => <span data-some={waiting > 0 || undefined}>{number(waiting)}</span>,
    },
    ...(sources.some(({ blocked }) => blocked > 0)
      ? [{ label: t('backlog.blocked'), show: ({ blocked }: SourceBacklog) => number(blocked) }]
      : []),
    {
      label: t('backlog.failed'),
      show: ({ failed, lastTaskId }) =>
        failed > 0 && lastTaskId !== null ? (
          <Link to={address(lastTaskId)}>{t('backlog.failedIn', { count: failed, id: lastTaskId })}</Link>
        ) : (
          number(failed)
        ),
    },
  ];
}

function Rows({ sources }: { sources: SourceBacklog[] }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers(sources);
  return (
    <table className="target-backlog-table" aria-labelledby="target-backlog">
      <thead>
        <tr>
          <th scope="col">{t('backlog.source')}</th>
          {numbers.map(({ label }) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sources.map((each) => (
          <tr key={each.source.id}>
            <th scope="row">{each.source.displayName}</th>
            {numbers.map(({ label, show }) => (
              <td key={label}>{show(each)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards({ sources }: { sources: SourceBacklog[] }): ReactElement {
  const numbers = useNumbers(sources);
  return (
    <ul className="target-backlog-list">
      {sources.map((each) => (
        <li key={each.source.id}>
          <strong>{each.source.displayName}</strong>
          <dl>
            {numbers.map(({ label, show }) => (
              <div key={label} className="target-backlog-number">
                <dt>{label}</dt>
                <dd>{show(each)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

/** Until its first plans are released nothing is on its way to a target. */
function textOf({ enabled, reviews }: Target) {
  if (!enabled) return 'backlog.textOff';
  return reviews.length > 0 ? 'backlog.textReview' : 'backlog.text';
}
