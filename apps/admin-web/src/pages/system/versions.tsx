import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { System } from '../../api/types';
import { useFormats } from '../../i18n/format';

/** What somebody who is asked for help wants to know first. */
export function Versions({ system }: { system: System }): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const { versions, checks, process } = system;
  return (
    <section aria-labelledby="system-versions">
      <h2 id="system-versions">{t('system.versions')}</h2>
      <div className="card card-padded">
        <dl className="facts">
          <dt>Rollcall</dt>
          <dd>{versions.rollcall}</dd>
          <dt>{t('system.contract')}</dt>
          <dd>{versions.contract}</dd>
          <dt>Postgres</dt>
          <dd>{checks.postgres.version ?? '–'}</dd>
          <dt>Redis</dt>
          <dd>{checks.redis.version ?? '–'}</dd>
          <dt>Node.js</dt>
          <dd>{versions.node}</dd>
          <dt>{t('system.process')}</dt>
          <dd>
            {t(`processRole.${process.role}`)} ·{' '}
            {t('system.since', { ago: formats.ago(process.startedAt, new Date()) })} ·{' '}
            {formats.megabytes(process.memory)}
          </dd>
        </dl>
      </div>
    </section>
  );
}
