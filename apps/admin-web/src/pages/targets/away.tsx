import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Target } from '../../api/types';
import { useFormats } from '../../i18n/format';
import { useTaskText } from '../../i18n/use-task-text';
import { Moment } from '../../ui/moment';
import { Notice } from '../../ui/notice';
import { TaskLink } from '../../ui/task-link';

type Away = NonNullable<Target['away']>;

/** In a list: since when, and when it is tried again. */
export function AwaySince({ away }: { away: Away }): ReactElement {
  const { t } = useTranslation();
  return (
    <small className="target-away muted">
      {t('targetAway.since')} <Moment at={away.since} /> · <NextAttempt away={away} />
    </small>
  );
}

/** On its page: why as well, and which task waits. */
export function AwayNotice({ target }: { target: Target }): ReactElement | null {
  return target.away && target.enabled ? <Told target={target} away={target.away} /> : null;
}

function Told({ target, away }: { target: Target; away: Away }): ReactElement {
  const { t } = useTranslation();
  const reason = useTaskText({ ...away, target });
  return (
    <Notice kind="warning" title={t('targetAway.title')}>
      {reason !== '' && <p>{reason}</p>}
      <p>
        {t('targetAway.since')} <Moment at={away.since} />. <NextAttempt away={away} /> (<TaskLink id={away.taskId} />
        ). {t('targetAway.text')}
      </p>
    </Notice>
  );
}

function NextAttempt({ away }: { away: Away }): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  if (away.nextAttemptAt === null) return <>{t('targetAway.trying')}</>;
  return <>{t('targetAway.next', { time: formats.clock(away.nextAttemptAt) })}</>;
}
