import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { sourceNamesQuery } from '../../api/names';
import { isGivenUp } from '../../api/targets';
import type { Limit, Target } from '../../api/types';
import { useFormats } from '../../i18n/format';
import { TaskLink } from '../../ui/task-link';
import { TaskStatus } from '../../ui/task-status';
import { AwaySince } from './away';
import { useTargetAdapters } from './target-adapters';

export function useTargetName(): (target: Pick<Target, 'name'>) => string {
  const { t } = useTranslation();
  return ({ name }) => (name === 'users' || name === 'departments' ? t(`target.${name}`) : name);
}

export function TargetLink({ target }: { target: Target }): ReactElement {
  const nameOf = useTargetName();
  return (
    <Link to="/targets/$targetId" params={{ targetId: target.id }} className="target-name">
      {nameOf(target)}
    </Link>
  );
}

/** What kind of system it is, by its adapter's title. */
export function TargetType({ target }: { target: Target }): ReactElement {
  const { t } = useTranslation();
  const { adapters } = useTargetAdapters();
  if (target.builtIn) return <>{t('targets.builtIn')}</>;
  const adapter = adapters?.find(({ id }) => id === target.type);
  return <>{adapter?.title ?? target.type}</>;
}

/** Whether it gets anything, and if not, what it is waiting for. */
export function TargetState({ target }: { target: Target }): ReactElement {
  const { t } = useTranslation();
  const state = stateOf(target);
  return (
    <>
      <span className="status" data-status={STATUS_OF[state]}>
        {t(`targetState.${state}`)}
      </span>
      {state === 'away' && target.away && <AwaySince away={target.away} />}
    </>
  );
}

type State = 'on' | 'away' | 'off' | 'review' | 'ended' | 'missing';

/** The colours of task states, which say the same: fine, needs a decision, broken. */
const STATUS_OF: Record<State, string | undefined> = {
  on: 'succeeded',
  away: 'partially_succeeded',
  off: undefined,
  review: 'held',
  ended: 'cancelled',
  missing: 'failed',
};

function stateOf({ adapterError, enabled, reviews, away }: Target): State {
  if (adapterError !== null) return 'missing';
  if (!enabled) return 'off';
  if (away) return 'away';
  if (reviews.length === 0) return 'on';
  return reviews.every(isGivenUp) ? 'ended' : 'review';
}

export function TargetSources({ sources }: { sources: number[] | null }): ReactElement {
  const { t } = useTranslation();
  const names = useQuery(sourceNamesQuery);
  if (sources === null) return <span className="muted">{t('targets.allSources')}</span>;
  const known = sources.map((id) => names.data?.find((source) => source.id === id)?.label ?? `#${id}`);
  return <span className="target-sources">{known.join(', ')}</span>;
}

/** The newest task that did something there; its failures are what somebody should look at. */
export function TargetLastTask({ target: { lastTask } }: { target: Target }): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  if (!lastTask) return <span className="muted nothing">{t('targets.noTask')}</span>;
  return (
    <div className="target-task">
      <TaskLink id={lastTask.id} /> <TaskStatus task={lastTask} />
      <small className="muted">
        <time dateTime={lastTask.createdAt} title={formats.exactMoment(lastTask.createdAt)}>
          {formats.moment(lastTask.createdAt)}
        </time>
        {lastTask.failed > 0 && (
          <>
            {' · '}
            <span className="target-failed">{t('counts.failed', { count: lastTask.failed })}</span>
          </>
        )}
      </small>
    </div>
  );
}

/** "Over 500 or 10 %", once where both kinds have the same limit. */
export function TargetLimits({ limits }: { limits: Target['limits'] }): ReactElement {
  const { t } = useTranslation();
  if (limits === null) return <span className="muted nothing">{t('targets.limitsOfSources')}</span>;
  const { deletes, disables } = limits;
  const inWords = ({ count, percent }: Limit): string => t('targets.limit', { count, percent });
  if (deletes.count === disables.count && deletes.percent === disables.percent) return <>{inWords(deletes)}</>;
  return (
    <>
      <div>{t('targets.limitDeletes', { limit: inWords(deletes) })}</div>
      <div>{t('targets.limitDisables', { limit: inWords(disables) })}</div>
    </>
  );
}
