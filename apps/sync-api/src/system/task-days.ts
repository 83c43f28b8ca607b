import { Inject, Injectable } from '@nestjs/common';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import type { TaskDayView } from './system.dto';

export const DAYS = 30;

/** Days that are over change only when one of their tasks is retried. */
const FRESH_MS = 3_600_000;

/** Time zones whose past days are kept; whoever is beyond waits as long as at the first look. */
const KEPT_ZONES = 8;

/**
 * One row for each of the days from $2 to $3 days ago, in the time zone $1, oldest first: a range of the index of tasks
 * that ended. A task that was tried again says nothing of how fast records are read; what it waited for an admin is no part of its cost.
 */
const TASK_DAYS = `
  select to_char(d.day, 'YYYY-MM-DD') as date, ended.*
  from generate_series($2::int, $3::int, -1) n
  cross join lateral (select date_trunc('day', now() at time zone $1) - make_interval(days => n) as day) d
  cross join lateral (
    select
      count(*) filter (where status = 'succeeded') as succeeded,
      count(*) filter (where status = 'partially_succeeded') as "partiallySucceeded",
      count(*) filter (where status = 'failed') as failed,
      count(*) filter (where status = 'cancelled') as cancelled,
      coalesce(sum(staged), 0)::bigint as records,
      round(
        sum(staged) filter (where measured) * 1000.0 / nullif(sum(cost_ms) filter (where measured), 0), 1
      )::float8 as "recordsPerSecond"
    from (
      select status, staged, cost_ms,
        attempts <= case when approved_at is null then 1 else 2 end and staged > 0 and cost_ms is not null as measured
      from tasks
      where status in ('succeeded', 'partially_succeeded', 'failed', 'cancelled')
        and finished_at >= d.day at time zone $1 and finished_at < (d.day + interval '1 day') at time zone $1
    ) t
  ) ended
  order by d.day`;

interface Past {
  days: Promise<TaskDayView[]>;
  /** The first day that is not among them. */
  before: string;
  readAt: number;
}

/** How many tasks ended on which day. The days that are over are kept, so that looking often reads today's tasks alone. */
@Injectable()
export class TaskDays {
  private readonly past = new Map<string, Past>();

  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  /** The last 30 days in a time zone (an IANA name), today last. */
  async read(timeZone: string): Promise<TaskDayView[]> {
    const [today] = await this.query(timeZone, 0, 0);
    if (!today) throw new Error('Postgres returned no row for today.');
    return [...(await this.before(today.date, timeZone)), today];
  }

  private before(today: string, timeZone: string): Promise<TaskDayView[]> {
    const known = this.past.get(timeZone);
    if (known?.before === today && Date.now() - known.readAt < FRESH_MS) return known.days;
    const days = this.query(timeZone, DAYS - 1, 1);
    const past = { days, before: today, readAt: Date.now() };
    this.past.delete(timeZone);
    this.past.set(timeZone, past);
    for (const zone of [...this.past.keys()].slice(0, -KEPT_ZONES)) this.past.delete(zone);
    // Whoever waits for it hears of a failure; the next one tries again.
    days.catch(() => this.past.get(timeZone) === past && this.past.delete(timeZone));
    return days;
  }

  private async query(timeZone: string, oldest: number, newest: number): Promise<TaskDayView[]> {
    return (await this.pool.query<TaskDayView>(TASK_DAYS, [timeZone, oldest, newest])).rows;
  }
}
