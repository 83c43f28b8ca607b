import { nextRun } from './schedule';
import type { Schedule, Source } from './source.entity';

/** So many failed pulls in a row slow the schedule down (rule 25). */
export const SLOWED_AFTER = 5;

/** At most every 64th time of the schedule is used. */
const MOST_DOUBLINGS = 6;
const LONGEST_WAIT_MS = 7 * 86_400_000;

export type Scheduled = Pick<Source, 'schedule' | 'enabled' | 'failures'>;

/** When the schedule acts next. */
export interface Timetable {
  /** Full read. */
  nextRunAt: Date | null;
  nextIncrementalAt: Date | null;
}

/** Everything null for a source that is not scheduled now. */
export function timetable({ schedule, enabled, failures }: Scheduled, now: Date): Timetable {
  if (!schedule || !enabled) return { nextRunAt: null, nextIncrementalAt: null };
  const { cron, incrementalCron, timeZone } = schedule;
  return {
    nextRunAt: slowedRun({ cron, timeZone }, now, failures),
    nextIncrementalAt: incrementalCron ? slowedRun({ cron: incrementalCron, timeZone }, now, failures) : null,
  };
}

export function isSlowedDown({ schedule, enabled, failures }: Scheduled): boolean {
  return schedule !== null && enabled && failures >= SLOWED_AFTER;
}

/**
 * The next time of a schedule: after five failures every second one is used, after six every fourth, and so on. The wait
 * is never longer than a week, unless the schedule itself is that rare.
 */
function slowedRun(schedule: Schedule, now: Date, failures: number): Date | null {
  let next = nextRun(schedule, now);
  const doublings = Math.min(Math.max(failures - SLOWED_AFTER + 1, 0), MOST_DOUBLINGS);
  for (let skipped = 1; next && skipped < 2 ** doublings; skipped++) {
    const later = nextRun(schedule, next);
    if (!later || later.getTime() - now.getTime() > LONGEST_WAIT_MS) break;
    next = later;
  }
  return next;
}

/**
 * Until when a source must have had a success: the second scheduled time after the last one, and as long as that one took.
 * Counted in times of the schedule, so that a weekend without one is not held against it. Null without schedule.
 */
export function overdueAt({ schedule, enabled }: Scheduled, since: Date, tookMs = 0): Date | null {
  const first = schedule && enabled ? nextRun(schedule, since) : null;
  const second = schedule && first ? nextRun(schedule, first) : null;
  return second && new Date(second.getTime() + tookMs);
}
