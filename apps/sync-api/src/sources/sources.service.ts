import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { REFUSED_SOURCE, type RefusedSource, refusedError } from './refused-source';
import { SourceOptions } from './source-options';
import type { Source } from './source.entity';

/** The source to which records belong when a push names none. */
export const BUILT_IN_SOURCE = 'api';

/** Every column as `Source` names it; goes on with a condition. */
export const SELECT_SOURCE = `
  select id, name, display_name as "displayName", type, enabled, options, secrets, options_version as "optionsVersion", schedule, match_key as "matchKey",
    priority, policies, cursor, cursor_task_id as "cursorTaskId", next_run_at as "nextRunAt",
    next_incremental_at as "nextIncrementalAt", failures, overdue_at as "overdueAt", overdue_told_at as "overdueToldAt", created_at as "createdAt", updated_at as "updatedAt", deleted_at as "deletedAt",
    forgotten_at as "forgottenAt"
  from sources
  where deleted_at is null and`;

/** Finds sources for whoever works with them: the engine, the push, the queue. */
@Injectable()
export class SourcesService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly options: SourceOptions,
  ) {}

  async byId(id: number): Promise<Source> {
    const source = await this.find('source-by-id', `${SELECT_SOURCE} id = $1`, id);
    if (source) return source;
    throw new RollcallError('not_found', `There is no source ${id}.`);
  }

  /** Throws `source_unknown`, which says how to add it. */
  async byName(name: string): Promise<Source> {
    const source = await this.find('source-by-name', `${SELECT_SOURCE} name = $1`, name);
    if (source) return source;
    throw new RollcallError(
      'source_unknown',
      `There is no source "${name}". Add it with POST /api/sources {"name":${JSON.stringify(name)},"type":"push"}, ` +
        'or leave sourceName out.',
    );
  }

  /** Throws `source_disabled`, which says how to enable it, or that it is being deleted. */
  async requireEnabled({ id, enabled }: Pick<Source, 'id' | 'enabled'>): Promise<void> {
    if (enabled) return;
    throw refusedError((await this.pool.query<RefusedSource>(REFUSED_SOURCE, [id])).rows[0]);
  }

  /** What the adapter of a source gets as options: complete, secrets in clear. Never log or answer it. */
  async optionsInClear(id: number): Promise<Record<string, unknown>> {
    return this.options.inClear(await this.byId(id));
  }

  /** Prepared on the connection: every push asks. */
  private async find(name: string, text: string, value: unknown): Promise<Source | undefined> {
    return (await this.pool.query<Source>({ name, text, values: [value] })).rows[0];
  }
}
