import { Inject, Injectable } from '@nestjs/common';
import type { DataType } from '@rollcall/core';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { BACKLOG } from './target-sql';
import type { Target } from './target.entity';
import type { SourceBacklogView, TargetBacklogView } from './target.view';

type BacklogRow = Omit<SourceBacklogView, 'source' | 'lastTaskId'> & {
  id: number;
  name: string;
  displayName: string;
  taskId: number | null;
};

/** Counts what a target has not got yet. Reads every record of its sources once, so lists of targets leave it out. */
@Injectable()
export class TargetBacklogService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly registry: AdapterRegistry,
  ) {}

  async of({ id, name, type, sources }: Target): Promise<TargetBacklogView> {
    const dataTypes = Object.keys(this.registry.target(type).dataTypes) as DataType[];
    const { rows } = await this.pool.query<BacklogRow>(BACKLOG, [id, name, dataTypes, sources]);
    return { sources: rows.map(viewOf) };
  }
}

function viewOf({ id, name, displayName, records, waiting, blocked, failed, taskId }: BacklogRow): SourceBacklogView {
  return { source: { id, name, displayName }, records, waiting, blocked, failed, lastTaskId: taskId };
}
