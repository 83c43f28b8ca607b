import { parseExpression } from 'cron-parser';
import type { Schedule } from './source.entity';

/** What is wrong with a cron expression; undefined when nothing is. */
export function cronProblem(cron: string): string | undefined {
  if (!/^\S+(?: +\S+){4}$/.test(cron)) {
    return 'must have five fields: minute, hour, day of month, month, day of week';
  }
  try {
    parseExpression(cron, { tz: 'UTC' }).next();
    return undefined;
  } catch (error) {
    return `is not a time that ever comes: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export function isTimeZone(name: string): boolean {
  // Offsets like +08:00 are no IANA names, and not every part of the schedule would understand them.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** When a schedule comes next. */
export function nextRun({ cron, timeZone }: Schedule, after: Date): Date {
  return parseExpression(cron, { tz: timeZone, currentDate: after }).next().toDate();
}
