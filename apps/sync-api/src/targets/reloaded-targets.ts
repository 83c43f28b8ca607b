import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { isRemoteTarget } from '@rollcall/core';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { inTransaction } from '../engine/sql-session';
import { TargetTasks } from './target-tasks.service';

/** Targets that are on, and whose adapter this process does not have. $1 types that it has. */
const NOTE_UNLOADED = `
  update targets set unloaded = true
  where enabled and deleted_at is null and not unloaded and type <> all ($1::text[])`;

/** Those of which a process did not, and this one has it. $1 types. */
const TAKE_RELOADED = `
  update targets set unloaded = false
  where unloaded and deleted_at is null and type = any ($1::text[])
  returning id, type, enabled, sources`;

/**
 * While a target's adapter is not loaded tasks know nothing of the target, so nothing notes what it lacks: pushes and events would never
 * reach it. Once the adapter is there again, all of that is brought.
 */
@Injectable()
export class ReloadedTargets implements OnApplicationBootstrap {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly registry: AdapterRegistry,
    private readonly tasks: TargetTasks,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const types = this.registry.targets().map(({ id }) => id);
    const reloaded = await inTransaction(this.pool, { prepared: false }, async (sql) => {
      await sql.query(NOTE_UNLOADED, [types]);
      const targets = await sql.query<{ id: number; type: string; enabled: boolean; sources: number[] | null }>(
        TAKE_RELOADED,
        [types],
      );
      for (const { id, type, enabled, sources } of targets) {
        const adapter = this.registry.target(type);
        if (enabled && isRemoteTarget(adapter)) await this.tasks.bringRest(sql, id, adapter, sources);
      }
      return targets;
    });
    if (reloaded.length > 0) await this.tasks.enqueue();
  }
}
