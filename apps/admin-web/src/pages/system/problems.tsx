import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { allSourcesQuery } from '../../api/all-sources';
import { allTargetsQuery } from '../../api/targets';
import { attentionQuery, heldQuery, leftBehindQuery } from '../../api/tasks';
import type { System } from '../../api/types';
import { useFormats } from '../../i18n/format';
import { Notice } from '../../ui/notice';
import { problemsOf, type SystemProblem } from './problems-of';

/** What keeps nothing from going on. */
const MILD: ReadonlySet<SystemProblem> = new Set(['held', 'left', 'waiting', 'targets', 'overdue', 'unseen']);

/** Which of the tasks that need attention. */
const STATUS_OF = { held: { status: 'held' }, failed: {}, left: { status: 'partially_succeeded' } } as const;

/** Where each of the others is looked at. */
const PAGES = { targets: '/targets', overdue: '/sources', unseen: '/sources' } as const;

/** What is wrong and what to do about it, or that nothing is. */
export function Problems({ system }: { system: System }): ReactElement | null {
  const { t } = useTranslation();
  const formats = useFormats();
  const attention = useQuery(attentionQuery);
  const waiting = useQuery(heldQuery);
  const behind = useQuery(leftBehindQuery);
  const targets = useQuery(allTargetsQuery);
  const sources = useQuery(allSourcesQuery);
  const now = new Date();
  const failed = attention.data && waiting.data ? Math.max(0, attention.data.total - waiting.data.total) : 0;
  const left = behind.data?.total ?? 0;
  const away = targets.data?.items.filter((target) => target.enabled && target.away).length ?? 0;
  const read = sources.data?.filter(({ enabled }) => enabled) ?? [];
  const overdue = read.filter(({ overdueSince }) => overdueSince !== null).length;
  const unseen = read.filter(({ unseenReadId }) => unseenReadId !== null).length;
  const problems = problemsOf(system, { failed, left, away, overdue, unseen }, now);
  const { held, oldestWaitingSince } = system.queue;
  const { missing } = system.checks.adapters;
  // Before that is known, nobody can say that nothing waits.
  if (problems.length === 0)
    return attention.data && waiting.data && behind.data && targets.data && sources.data ? (
      <Notice kind="good">{t('system.good')}</Notice>
    ) : null;
  const counts: Partial<Record<SystemProblem, number>> = {
    adapters: missing.length,
    held,
    failed,
    left,
    targets: away,
    overdue,
    unseen,
  };
  return (
    <>
      {problems.map((problem) => (
        <Notice
          key={problem}
          kind={MILD.has(problem) ? 'warning' : 'error'}
          title={t(`systemProblem.${problem}`, { count: counts[problem] ?? 1 })}
          {...((problem === 'targets' || problem === 'overdue' || problem === 'unseen') && {
            action: (
              <Link to={PAGES[problem]} className="button">
                {t('system.lookAtHeld', { count: counts[problem] ?? 1 })}
              </Link>
            ),
          })}
          {...((problem === 'held' || problem === 'failed' || problem === 'left') && {
            action: (
              <Link to="/tasks" search={{ attention: true, ...STATUS_OF[problem] }} className="button">
                {t('system.lookAtHeld', { count: counts[problem] ?? 1 })}
              </Link>
            ),
          })}
        >
          {problem === 'adapters' ? (
            <ul className="system-missing">
              {missing.map(({ kind, id, error }) => (
                <li key={`${kind ?? ''}:${id}`}>
                  <code>{id}</code> {error ?? t('system.notNamed')}
                </li>
              ))}
            </ul>
          ) : (
            t(`systemHelp.${problem}`, {
              ago: oldestWaitingSince === null ? '' : formats.ago(oldestWaitingSince, now),
            })
          )}
        </Notice>
      ))}
    </>
  );
}
