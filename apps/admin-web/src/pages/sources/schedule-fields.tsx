import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../i18n/languages';
import { Line, Part } from './fields';
import { cronWords } from './schedule-words';
import type { ScheduleDraft } from './source-draft';

interface ScheduleFieldsProps {
  schedule: ScheduleDraft | null;
  onChange: (schedule: ScheduleDraft | null) => void;
  /** The adapter can ask for changes alone. */
  incremental: boolean;
  /** The vendor tells at once what changed. */
  events: boolean;
  errorAt: (pointer: string) => string | undefined;
  disabled: boolean;
}

/** Common times; what somebody sets otherwise is "other". */
const TIMES = {
  nightly: '0 3 * * *',
  workdays: '0 6 * * 1-5',
  sixHours: '0 */6 * * *',
  hourly: '0 * * * *',
  quarter: '*/15 * * * *',
} as const;
const NAMES = Object.keys(TIMES) as (keyof typeof TIMES)[];

/** Browsers list some zones by names that nobody uses any more (CLDR keeps the first one). */
const NOW_CALLED: Readonly<Record<string, string>> = {
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

const ZONES = Intl.supportedValuesOf('timeZone')
  .map((zone) => NOW_CALLED[zone] ?? zone)
  .sort();

/** When the source is read by itself. */
export function ScheduleFields(props: ScheduleFieldsProps): ReactElement {
  const { schedule, onChange, incremental, events, errorAt, disabled } = props;
  const { t } = useTranslation();
  const chosen = schedule ? (NAMES.find((name) => TIMES[name] === schedule.cron) ?? 'other') : 'never';
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = schedule?.timeZone ?? NOW_CALLED[own] ?? own;
  const choose = (name: string): void => {
    const time = NAMES.find((known) => known === name);
    if (name === 'never') onChange(null);
    else onChange({ incrementalCron: '', ...schedule, cron: time ? TIMES[time] : '30 4 * * *', timeZone: zone });
  };
  return (
    <Part title={t('schedule.title')} text={t(events ? 'schedule.textEvents' : 'schedule.text')}>
      <Line id="source-schedule" label={t('schedule.when')} error={errorAt('/schedule')}>
        {(attributes) => (
          <select
            {...attributes}
            className="select form-select"
            disabled={disabled}
            value={chosen}
            onChange={(event) => choose(event.target.value)}
          >
            <option value="never">{t('schedule.never')}</option>
            {NAMES.map((name) => (
              <option key={name} value={name}>
                {t(`schedule.${name}`)}
              </option>
            ))}
            <option value="other">{t('schedule.other')}</option>
          </select>
        )}
      </Line>
      {schedule && (
        <>
          <Cron
            id="source-cron"
            label={t('schedule.cron')}
            help={t('schedule.cronHelp')}
            value={schedule.cron}
            error={errorAt('/schedule/cron')}
            required
            disabled={disabled}
            onChange={(cron) => onChange({ ...schedule, cron })}
          />
          {incremental && (
            <Cron
              id="source-incremental"
              label={t('schedule.incremental')}
              help={t('schedule.incrementalHelp')}
              value={schedule.incrementalCron}
              error={errorAt('/schedule/incrementalCron')}
              disabled={disabled}
              onChange={(incrementalCron) => onChange({ ...schedule, incrementalCron })}
            />
          )}
          <Line
            id="source-zone"
            label={t('schedule.timeZone')}
            help={t('schedule.timeZoneHelp')}
            error={errorAt('/schedule/timeZone')}
            required
          >
            {(attributes) => (
              <select
                {...attributes}
                className="select form-select"
                disabled={disabled}
                value={schedule.timeZone}
                onChange={(event) => onChange({ ...schedule, timeZone: event.target.value })}
              >
                {[...new Set([schedule.timeZone, ...ZONES, 'UTC'])].map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            )}
          </Line>
        </>
      )}
    </Part>
  );
}

interface CronProps {
  id: string;
  label: string;
  help: string;
  value: string;
  error: string | undefined;
  required?: boolean;
  disabled: boolean;
  onChange: (cron: string) => void;
}

/** Five fields, and what they mean in words. */
function Cron({ id, label, help, value, error, required = false, disabled, onChange }: CronProps): ReactElement {
  const { t, i18n } = useTranslation();
  const words = cronWords(value, i18n.language as Language);
  return (
    <Line id={id} label={label} help={help} error={error} required={required}>
      {(attributes) => (
        <div className="source-cron">
          <input
            {...attributes}
            className="form-input"
            autoComplete="off"
            spellCheck={false}
            disabled={disabled}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <span aria-live="polite">
            {words ?? (error !== undefined || value.trim() === '' ? '' : t('schedule.unclear'))}
          </span>
        </div>
      )}
    </Line>
  );
}
