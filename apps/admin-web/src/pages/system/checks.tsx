import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { System } from '../../api/types';
import { useFormats } from '../../i18n/format';

type ChecksOf = System['checks'];

/** The state of each part in a word, and one figure. */
export function Checks({ checks }: { checks: ChecksOf }): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const { postgres, redis, workers, adapters } = checks;
  const answer = ({ ms }: ChecksOf['postgres']): string | undefined =>
    ms === null ? undefined : t('system.answersIn', { ms: formats.number(ms) });
  return (
    <section aria-labelledby="system-checks">
      <h2 id="system-checks">{t('system.checks')}</h2>
      <dl className="tiles">
        <Tile name="Postgres" state={postgres.status} detail={answer(postgres)} />
        <Tile name="Redis" state={redis.status} detail={answer(redis)} />
        <Tile
          name={t('system.workers')}
          state={workers.status}
          detail={workers.processes === null ? undefined : t('system.processes', { count: workers.processes })}
        />
        <Tile
          name={t('system.adapters')}
          state={adapters.missing.length === 0 ? 'up' : 'missing'}
          detail={t('system.loaded', { count: adapters.loaded })}
        />
      </dl>
    </section>
  );
}

interface TileProps {
  name: string;
  state: 'up' | 'down' | 'unknown' | 'missing';
  detail: string | undefined;
}

function Tile({ name, state, detail }: TileProps): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="card tile">
      <dt>{name}</dt>
      <dd>
        <span className="health" data-state={state}>
          {t(`systemState.${state}`)}
        </span>
        {detail !== undefined && <small className="muted">{detail}</small>}
      </dd>
    </div>
  );
}
