import { parseExpression } from 'cron-parser';
import type { Schedule } from './source.entity';

/** What is wrong with a cron expression; undefined when nothing is. */
export function cronProblem(cron: unknown): string | undefined {
  if (typeof cron !== 'string' || !/^\S+(?: +\S+){4}$/.test(cron)) {
    return 'must have five fields: minute, hour, day of month, month, day of week';
  }
  try {
    parseExpression(cron, { tz: 'UTC' }).next();
    return undefined;
  } catch {
    return 'is not a time that ever comes: look at the range of each field, like "0 3 * * 1-5" for 03:00 on working days';
  }
}

export function isTimeZone(name: unknown): boolean {
  // Offsets like +08:00 are no IANA names, and not every part of the schedule would understand them.
  if (typeof name !== 'string' || !/^[A-Za-z][\w/+-]*$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** When a schedule comes next; null when what is stored never comes (it cannot be set so, but must not break a list). */
export function nextRun({ cron, timeZone }: Schedule, after: Date): Date | null {
  if (!isTimeZone(timeZone) || cronProblem(cron) !== undefined) return null;
  return parseExpression(cron, { tz: timeZone, currentDate: after }).next().toDate();
}
