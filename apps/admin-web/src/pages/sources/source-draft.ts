import type { Options, SourceSettings } from '../../api/sources';
import type { Limit, Policies, Schedule, Source } from '../../api/types';

/** Kinds of loss that can be limited, in the order in which they are asked. */
export const LIMITED = [
  'deletes',
  'disables',
  'memberships',
  'cleared',
] as const satisfies (keyof Policies['limits'])[];
export type Limited = (typeof LIMITED)[number];

export const MATCH_KEYS = ['username', 'email', 'phone'] as const satisfies Source['matchKey'][number][];

/** What somebody is entering about a source. Numbers are text as typed: what is no number yet is none here, either. */
export interface SourceDraft {
  displayName: string;
  options: Options;
  /** Null: only by hand. */
  schedule: ScheduleDraft | null;
  matchKey: Source['matchKey'];
  priority: string;
  user: Policies['user'];
  department: Policies['department'];
  graceDays: string;
  limits: Record<Limited, LimitDraft>;
}

export type ScheduleDraft = Record<keyof Schedule, string>;
export type LimitDraft = Record<keyof Limit, string>;

const LIMIT: LimitDraft = { count: '500', percent: '10' };

/** What applies to a source of which nothing else was said. */
export const EMPTY_DRAFT: SourceDraft = {
  displayName: '',
  options: {},
  schedule: null,
  matchKey: [],
  priority: '100',
  user: { onDeleted: 'delete', onMissing: 'disable' },
  department: { onDeleted: 'delete', onMissing: 'delete' },
  graceDays: '30',
  limits: { deletes: LIMIT, disables: LIMIT, memberships: LIMIT, cleared: LIMIT },
};

export function draftOf(source: Source): SourceDraft {
  const { displayName, options, schedule, matchKey, priority, policies } = source;
  const limit = (kind: Limited): LimitDraft => ({
    count: String(policies.limits[kind].count),
    percent: String(policies.limits[kind].percent),
  });
  return {
    displayName,
    options,
    schedule: schedule && { incrementalCron: '', ...schedule },
    matchKey,
    priority: String(priority),
    user: policies.user,
    department: policies.department,
    graceDays: String(policies.graceDays),
    limits: {
      deletes: limit('deletes'),
      disables: limit('disables'),
      memberships: limit('memberships'),
      cleared: limit('cleared'),
    },
  };
}

/** What the service is to be told. */
export function settingsOf(draft: SourceDraft): SourceSettings {
  const { displayName, options, schedule, matchKey, priority, user, department, graceDays, limits } = draft;
  const limit = (kind: Limited): Limit => ({
    count: Number(limits[kind].count),
    percent: numberOf(limits[kind].percent),
  });
  return {
    ...(displayName.trim() !== '' && { displayName: displayName.trim() }),
    options,
    schedule: schedule && scheduleOf(schedule),
    matchKey,
    priority: Number(priority),
    policies: {
      user,
      department,
      graceDays: Number(graceDays),
      limits: {
        deletes: limit('deletes'),
        disables: limit('disables'),
        memberships: limit('memberships'),
        cleared: limit('cleared'),
      },
    },
  };
}

function scheduleOf({ cron, timeZone, incrementalCron }: ScheduleDraft): Schedule {
  const incremental = incrementalCron.trim();
  return {
    cron: cron.trim(),
    timeZone: timeZone.trim(),
    ...(incremental !== '' && { incrementalCron: incremental }),
  };
}

/** JSON pointers of what is no number in its range: the service could only be told nonsense about it. */
export function wrongNumbers({ priority, graceDays, limits }: SourceDraft): string[] {
  return [
    ...(/^-?\d{1,7}$/.test(priority.trim()) && Math.abs(Number(priority)) <= 1_000_000 ? [] : ['/priority']),
    ...(/^\d{1,4}$/.test(graceDays.trim()) && Number(graceDays) <= 3_650 ? [] : ['/policies/graceDays']),
    ...LIMITED.flatMap((kind) => [
      ...(/^\d{1,9}$/.test(limits[kind].count.trim()) ? [] : [`/policies/limits/${kind}/count`]),
      ...(isPercent(limits[kind].percent) ? [] : [`/policies/limits/${kind}/percent`]),
    ]),
  ];
}

const isPercent = (text: string): boolean => text.trim() !== '' && numberOf(text) >= 0 && numberOf(text) <= 100;

/** Half of the readers write their decimals with a comma. */
function numberOf(text: string): number {
  return Number(text.replace(',', '.'));
}
