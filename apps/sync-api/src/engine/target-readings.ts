import { Inject, Injectable } from '@nestjs/common';
import { type DataType, RollcallError } from '@rollcall/core';
import type { Configured } from '../adapters/adapter-options';
import { AdapterContexts } from '../adapters/adapter-contexts';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { effectiveLimits, type StoredLimits } from '../sources/policies';
import { BUILT_IN_TARGETS } from '../targets/target.entity';
import { TargetOptions } from '../targets/target-options';
import type { TaskRow } from '../tasks/task-row';
import { type OtherReading, type Reading, readingsOf } from './reading';

/** For how long a process may go on with the targets that it knows, in small runs. */
const KEPT_MS = 5_000;

/** Every enabled target, and the sources whose first plan for it was not released yet. */
const ENABLED = `
  select id, name, type, options, secrets, options_version as "optionsVersion", sources, limits,
    array(select source_id::integer from target_reviews where target_id = t.id) as reviewed
  from targets t
  where enabled and deleted_at is null
  order by id`;

interface EnabledRow extends Configured {
  sources: number[] | null;
  limits: StoredLimits;
  reviewed: number[];
}

interface Known {
  rows: readonly EnabledRow[];
  readings: readonly Reading[];
  until: number;
}

/** Which targets a task is applied to, in the order of their dependencies. */
@Injectable()
export class TargetReadings {
  private known: Known | undefined;

  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly registry: AdapterRegistry,
    private readonly contexts: AdapterContexts,
    private readonly options: TargetOptions,
  ) {}

  /** Of all enabled targets, whatever the source. */
  async all(): Promise<readonly Reading[]> {
    return (await this.load()).readings;
  }

  /** Of the targets that a small run applies: those in this Postgres, whose changes are part of its transaction. */
  async inline(sourceId: number): Promise<readonly Reading[]> {
    return serving(await this.fresh(), sourceId).filter((reading) => !reading.remote);
  }

  /**
   * Of the targets that a queued task is for. A push leaves remote ones to a backfill, nobody waits for them; what removes
   * a source cannot, because nothing of the source is left afterwards.
   */
  async of(task: TaskRow): Promise<readonly Reading[]> {
    const readings = await this.concerning(task);
    if (task.kind !== 'backfill' || readings.length > 0) return readings;
    throw new RollcallError(
      'configuration',
      'The target of this task is switched off, does not get this source any more, or its adapter is missing.',
    );
  }

  /** The same for a task that is over: none for a backfill whose target is switched off, or is not for its source any more. */
  async concerning({ source_id: sourceId, target_id: targetId, kind }: TaskRow): Promise<readonly Reading[]> {
    const known = await this.load();
    // Its target may be under review: that is what it is for.
    if (kind === 'backfill') return belonging(known, sourceId).filter((reading) => reading.targetId === targetId);
    const readings = serving(known, sourceId);
    const reachesAll = kind === 'pull' || kind === 'snapshot' || kind === 'purge';
    return reachesAll ? readings : readings.filter((reading) => !reading.remote);
  }

  /**
   * What targets read that small runs may not apply: remote ones, and those that were switched on a moment ago. Whether there
   * is such a target is another question.
   */
  get others(): OtherReading[] {
    return this.registry
      .targets()
      .filter(({ id }) => !BUILT_IN_TARGETS.includes(id))
      .flatMap(({ id, dataTypes, after = [] }) =>
        (Object.keys(dataTypes) as DataType[]).map((dataType) => ({ type: id, data_type: dataType, after })),
      );
  }

  /** Whether there is, as far as this process knows, a target beside the built-in ones. */
  async hasOthers(): Promise<boolean> {
    return (await this.fresh()).rows.some(({ type }) => !BUILT_IN_TARGETS.includes(type));
  }

  /** After a target was changed. Other processes find out by themselves. */
  forget(): void {
    this.known = undefined;
  }

  private async fresh(): Promise<Known> {
    if (!this.known || this.known.until < Date.now()) this.known = await this.load();
    return this.known;
  }

  private async load(): Promise<Known> {
    const { rows } = await this.pool.query<EnabledRow>(ENABLED);
    const targets = this.registry.targets().flatMap((adapter) =>
      rows
        .filter((row) => row.type === adapter.id)
        .map((row) => ({
          id: row.id,
          name: row.name,
          adapter,
          limits: effectiveLimits(row.limits),
          context: (signal: AbortSignal) => this.contexts.of(adapter, row.name, this.options.inClear(row), signal),
        })),
    );
    return { rows, readings: readingsOf(targets), until: Date.now() + KEPT_MS };
  }
}

/** The readings of targets that are for this source. */
function belonging({ rows, readings }: Pick<Known, 'rows' | 'readings'>, sourceId: number | null): Reading[] {
  const targets = new Set(
    rows
      .filter(({ sources }) => sources === null || (sourceId !== null && sources.includes(sourceId)))
      .map(({ id }) => id),
  );
  return readings.filter((reading) => targets.has(reading.targetId) && targets.has(reading.owner.targetId));
}

/** Those that get what this source says: of a target that was just switched on, nothing is due yet. */
function serving({ rows, readings }: Known, sourceId: number | null): Reading[] {
  const due = rows.filter(({ reviewed }) => sourceId === null || !reviewed.includes(sourceId));
  return belonging({ rows: due, readings }, sourceId);
}
