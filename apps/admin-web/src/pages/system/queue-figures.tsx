import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { System } from '../../api/types';
import type { TaskSearch } from '../tasks/task-search';
import { useFormats } from '../../i18n/format';

const FIGURES = [
  ['running', { status: 'running' }],
  ['waiting', { status: 'queued' }],
  ['retrying', { status: 'queued' }],
  // A preview waits for nobody.
  ['held', { attention: true, status: 'held' }],
] as const satisfies [keyof System['queue'], TaskSearch][];

/** What there is to do, each figure as the way to these tasks; none leads nowhere. */
export function QueueFigures({ queue }: { queue: System['queue'] }): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const { oldestWaitingSince } = queue;
  return (
    <section aria-labelledby="system-queue">
      <h2 id="system-queue">{t('system.queue')}</h2>
      <ul className="tiles">
        {FIGURES.map(([name, search]) => (
          <li key={name} className="card tile">
            {queue[name] > 0 ? (
              <Link to="/tasks" search={search}>
                {t(`systemQueue.${name}`)}
              </Link>
            ) : (
              <span>{t(`systemQueue.${name}`)}</span>
            )}
            <span className="figure">{formats.number(queue[name])}</span>
            {name === 'waiting' && oldestWaitingSince !== null && (
              <small className="muted">
                {t('system.oldest', { ago: formats.ago(oldestWaitingSince, new Date()) })}
              </small>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
