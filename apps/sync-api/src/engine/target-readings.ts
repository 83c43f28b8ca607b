import { Inject, Injectable } from '@nestjs/common';
import { type DataType, isRemoteTarget, RollcallError } from '@rollcall/core';
import type { Configured } from '../adapters/adapter-options';
import { AdapterContexts } from '../adapters/adapter-contexts';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { effectiveLimits, type StoredLimits } from '../sources/policies';
import { BUILT_IN_TARGETS } from '../targets/target.entity';
import { TargetOptions } from '../targets/target-options';
import type { TaskRow } from '../tasks/task-row';
import { type EnabledTarget, type OtherReading, type Reading, readingsOf } from './reading';

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
  /** In the order of their dependencies. */
  targets: readonly (EnabledTarget & Pick<EnabledRow, 'sources' | 'reviewed'>)[];
  until: number;
  /** Source → its readings of targets in this Postgres; always the same ones, with which texts of statements are kept. */
  inline: Map<number, readonly Reading[]>;
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
    return readingsOf((await this.load()).targets);
  }

  /** Of the targets that a small run applies: those in this Postgres, whose changes are part of its transaction. */
  async inline(sourceId: number): Promise<readonly Reading[]> {
    const known = await this.fresh();
    let readings = known.inline.get(sourceId);
    if (!readings)
      known.inline.set(sourceId, (readings = readingsFor(known, sourceId).filter(({ remote }) => !remote)));
    return readings;
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
    if (kind === 'backfill') {
      return readingsFor(known, sourceId, targetId).filter((one) => one.targetId === targetId);
    }
    const readings = readingsFor(known, sourceId);
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
      .flatMap((adapter) =>
        (Object.keys(adapter.dataTypes) as DataType[]).map((dataType) => ({
          type: adapter.id,
          remote: isRemoteTarget(adapter),
          data_type: dataType,
          after: adapter.after ?? [],
        })),
      );
  }

  /** Whether there is, as far as this process knows, a target beside the built-in ones. */
  async hasOthers(): Promise<boolean> {
    return (await this.fresh()).targets.some(({ adapter }) => !BUILT_IN_TARGETS.includes(adapter.id));
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
          sources: row.sources,
          reviewed: row.reviewed,
          adapter,
          limits: effectiveLimits(row.limits),
          context: (signal: AbortSignal) => this.contexts.of(adapter, row.name, this.options.inClear(row), signal),
        })),
    );
    return { targets, until: Date.now() + KEPT_MS, inline: new Map() };
  }
}

/**
 * The readings of targets that get what this source says; a target whose first plan of it is still to be released does not, but
 * `under` may be one. None comes after a target of which the source knows nothing.
 */
function readingsFor({ targets }: Known, sourceId: number | null, under?: number | null): Reading[] {
  return readingsOf(
    targets.filter(({ id, sources, reviewed }) => {
      if (sourceId === null) return sources === null;
      return (sources === null || sources.includes(sourceId)) && (id === under || !reviewed.includes(sourceId));
    }),
  );
}
