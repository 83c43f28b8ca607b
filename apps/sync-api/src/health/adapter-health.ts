import { Inject, Injectable } from '@nestjs/common';
import type { AdapterKind } from '@rollcall/core';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';

const USED_ADAPTERS = `
  select 'source' as kind, type as id from sources where deleted_at is null
  union
  select 'target', type from targets where deleted_at is null
  order by kind, id`;

/** An adapter that was named, or that a source or a target needs, and that is not there. */
export interface MissingAdapter {
  kind: AdapterKind | null;
  /** The package's name when not even its manifest could be read. */
  id: string;
  /** Why; null when its package was not named at all. */
  error: string | null;
}

/** Which adapters are there, and which should be. */
@Injectable()
export class AdapterHealth {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly registry: AdapterRegistry,
  ) {}

  get loaded(): number {
    return this.registry.sources().length + this.registry.targets().length;
  }

  /** Those that were named and could not be loaded. */
  unavailable(): MissingAdapter[] {
    return this.registry.unavailable().map(({ kind, id, origin, error }) => ({ kind, id: id ?? origin, error }));
  }

  /** These, and whatever else a source or a target needs. */
  async missing(): Promise<MissingAdapter[]> {
    const unavailable = this.unavailable();
    const { rows } = await this.pool.query<{ kind: AdapterKind; id: string }>(USED_ADAPTERS);
    const gone = rows.filter(
      ({ kind, id }) => !this.registry.has(kind, id) && !unavailable.some((a) => a.kind === kind && a.id === id),
    );
    return [...unavailable, ...gone.map(({ kind, id }) => ({ kind, id, error: null }))];
  }
}
