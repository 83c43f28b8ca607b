import type { Options, SourceSettings } from '../../api/sources';
import type { Policies, Schedule, Source } from '../../api/types';
import { DEFAULT_LIMIT, type LimitDraft, limitDraftOf, limitOf, wrongParts } from '../../ui/limit-draft';

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
  limits: { deletes: DEFAULT_LIMIT, disables: DEFAULT_LIMIT, memberships: DEFAULT_LIMIT, cleared: DEFAULT_LIMIT },
};

export function draftOf(source: Source): SourceDraft {
  const { displayName, options, schedule, matchKey, priority, policies } = source;
  const limit = (kind: Limited): LimitDraft => limitDraftOf(policies.limits[kind]);
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

/** How the JSON pointers of a source's fields begin. */
export const PLACES = ['/displayName', '/options', '/schedule', '/policies', '/matchKey', '/priority'];

/** What the service is to be told. `name`: what a source that is there is shown by when it has no other name. */
export function settingsOf(draft: SourceDraft, name?: string): SourceSettings {
  const { displayName, options, schedule, matchKey, priority, user, department, graceDays, limits } = draft;
  const shown = displayName.trim() || name;
  return {
    ...(shown !== undefined && { displayName: shown }),
    options,
    schedule: schedule && scheduleOf(schedule),
    matchKey,
    priority: Number(priority),
    policies: {
      user,
      department,
      graceDays: Number(graceDays),
      limits: {
        deletes: limitOf(limits.deletes),
        disables: limitOf(limits.disables),
        memberships: limitOf(limits.memberships),
        cleared: limitOf(limits.cleared),
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

interface Range {
  min: number;
  max: number;
}

/** Whole numbers by the field that takes them. */
export const RANGES: Readonly<Record<'/priority' | '/policies/graceDays', Range>> = {
  '/priority': { min: -1_000_000, max: 1_000_000 },
  '/policies/graceDays': { min: 0, max: 3_650 },
};

const isIn = ({ min, max }: Range, text: string): boolean =>
  /^-?\d{1,7}$/.test(text.trim()) && Number(text) >= min && Number(text) <= max;

/** JSON pointers of what is no number in its range: the service could only be told nonsense about it. */
export function wrongNumbers({ priority, graceDays, limits }: SourceDraft): string[] {
  return [
    ...(isIn(RANGES['/priority'], priority) ? [] : ['/priority']),
    ...(isIn(RANGES['/policies/graceDays'], graceDays) ? [] : ['/policies/graceDays']),
    ...LIMITED.flatMap((kind) => wrongParts(limits[kind], `/policies/limits/${kind}`)),
  ];
}
