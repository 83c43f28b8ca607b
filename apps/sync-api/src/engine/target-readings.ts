import { Inject, Injectable } from '@nestjs/common';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { type Reading, readingsOf } from './reading';

/** For how long a process may go on with the targets that it knows. */
const KEPT_MS = 5_000;

/** The readings of all enabled targets, in the order of their dependencies. */
@Injectable()
export class TargetReadings {
  private known: { readings: readonly Reading[]; until: number } | undefined;

  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly registry: AdapterRegistry,
  ) {}

  async all(): Promise<readonly Reading[]> {
    if (!this.known || this.known.until < Date.now()) {
      this.known = { readings: await this.load(), until: Date.now() + KEPT_MS };
    }
    return this.known.readings;
  }

  private async load(): Promise<readonly Reading[]> {
    const { rows } = await this.pool.query<{ id: number; name: string; type: string }>(
      'select id, name, type from targets where enabled order by id',
    );
    return readingsOf(
      this.registry
        .targets()
        .flatMap((adapter) =>
          rows.filter((row) => row.type === adapter.id).map(({ id, name }) => ({ id, name, adapter })),
        ),
    );
  }
}
