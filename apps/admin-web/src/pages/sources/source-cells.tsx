import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../api/types';
import { useFormats } from '../../i18n/format';
import type { Language } from '../../i18n/languages';
import { AdapterIcon } from '../../ui/adapter-icon';
import { Moment } from '../../ui/moment';
import { TaskLink } from '../../ui/task-link';
import { TaskStatus } from '../../ui/task-status';
import { isLeaving, removalOf } from './removal';
import { useAge } from './use-age';
import { useSourceAdapter } from './source-adapter';
import { cronWords } from './schedule-words';

type Props = Readonly<{ source: Source }>;

export function SourceName({ source }: Props): ReactElement {
  const adapter = useSourceAdapter(source.type);
  return (
    <div className="source-name">
      <AdapterIcon icon={adapter?.icon} />
      <div>
        <Link to="/sources/$sourceId" params={{ sourceId: source.id }}>
          {source.displayName}
        </Link>
        <small className="muted">{adapter?.title ?? source.type}</small>
      </div>
    </div>
  );
}

export function SourceState({ source }: Props): ReactElement {
  const { t } = useTranslation();
  if (source.adapterError !== null) {
    return (
      <span className="status" data-status="failed" title={source.adapterError}>
        {t('sources.missing')}
      </span>
    );
  }
  if (isLeaving(removalOf(source))) {
    return (
      <span className="status" data-status="held">
        {t('sources.leaving')}
      </span>
    );
  }
  return (
    <span className="status" data-status={source.enabled ? 'succeeded' : 'cancelled'}>
      {t(source.enabled ? 'sources.on' : 'sources.off')}
    </span>
  );
}

/** When it is read, and when next. */
export function SourceSchedule({ source }: Props): ReactElement {
  const { t, i18n } = useTranslation();
  const words = useScheduleWords(source);
  const cron = source.schedule?.incrementalCron;
  const between = cron ? (cronWords(cron, i18n.language as Language) ?? cron) : undefined;
  if (isLeaving(removalOf(source))) return <span className="muted nothing">–</span>;
  return (
    <div className="source-schedule">
      <div>{words}</div>
      {between !== undefined && <small className="muted">{t('schedule.between', { words: between })}</small>}
      {source.enabled && source.nextRunAt !== null && (
        <small className="muted">
          {t('sources.next')} <Moment at={source.nextRunAt} />
        </small>
      )}
      {source.slowedDown && <small className="source-warning">{t('sources.slowedDown')}</small>}
    </div>
  );
}

export function useScheduleWords({ schedule, type }: Pick<Source, 'schedule' | 'type'>): string {
  const { t, i18n } = useTranslation();
  const adapter = useSourceAdapter(type);
  if (adapter && !adapter.capabilities.pull) return t('schedule.pushed');
  if (!schedule) return t('schedule.never');
  const words = cronWords(schedule.cron, i18n.language as Language) ?? schedule.cron;
  // The hours are those of another place than the ones beside them.
  const elsewhere = schedule.timeZone !== Intl.DateTimeFormat().resolvedOptions().timeZone;
  return elsewhere ? t('schedule.elsewhere', { words, timeZone: schedule.timeZone }) : words;
}

/** A read that failed stays in view, whatever was done for single people since. */
export function SourceLastTask({ source: { lastTask, failedReadId } }: Props): ReactElement {
  const { t } = useTranslation();
  if (!lastTask) return <span className="muted">{t('sources.noTask')}</span>;
  return (
    <div className="source-task">
      <TaskStatus task={lastTask} />
      <small className="muted">
        <TaskLink id={lastTask.id} /> <Moment at={lastTask.createdAt} />
      </small>
      {failedReadId !== null && failedReadId !== lastTask.id && (
        <small className="source-warning">
          {t('sources.readFailed')} <TaskLink id={failedReadId} />
        </small>
      )}
    </div>
  );
}

/** How old what people see here may be. */
export function SourceSuccess({ source }: Props): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const age = useAge();
  const { lastSucceededAt, lastTask, overdueSince } = source;
  return (
    <div className="source-success">
      {lastSucceededAt === null ? (
        <span className="muted">{t('sources.never')}</span>
      ) : (
        <time dateTime={lastSucceededAt} title={formats.exactMoment(lastSucceededAt)}>
          {age(lastSucceededAt)}
        </time>
      )}
      {/* Events of single people, however lately, make nothing else current. */}
      {lastSucceededAt !== null && lastTask?.kind === 'event' && (
        <small className="muted">{t('sources.successOfRead')}</small>
      )}
      {overdueSince !== null && <small className="source-warning">{t('sources.overdue')}</small>}
    </div>
  );
}
