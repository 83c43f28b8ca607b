import { Inject, Injectable } from '@nestjs/common';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { only } from '../engine/sql-session';
import type { QueueView } from './system.dto';

/** Read by the partial indexes of tasks that are open and of those that are held. */
const DEPTH = `
  select
    count(*) filter (where status = 'queued' and coalesce(next_attempt_at, now()) <= now()) as waiting,
    count(*) filter (where status = 'queued' and next_attempt_at > now()) as retrying,
    count(*) filter (where status = 'running') as running,
    (select count(*) from tasks where status = 'held' and held_reason <> 'preview') as held,
    min(coalesce(next_attempt_at, created_at))
      filter (where status = 'queued' and coalesce(next_attempt_at, now()) <= now()) as "oldestWaitingSince"
  from tasks where status in ('queued', 'running')`;

/** How much there is to do: what Postgres says, because Redis may have lost it. */
@Injectable()
export class TaskQueueDepth {
  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  async read(): Promise<QueueView> {
    return only((await this.pool.query<QueueView>(DEPTH)).rows);
  }
}
