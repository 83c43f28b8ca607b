import { Inject, Injectable } from '@nestjs/common';
import { type DataType, RollcallError } from '@rollcall/core';
import { PinoLogger } from 'nestjs-pino';
import { KEY_POOL, PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { type Archive, archivedMeanwhile } from '../logs/archived-meanwhile';
import { effectivePolicies } from '../sources/policies';
import type { Source } from '../sources/source.entity';
import { TaskLeases } from '../tasks/task-leases';
import type { TaskRow } from '../tasks/task-row';
import { type NewTask, TaskStore } from '../tasks/task-store';
import { applyAtOnce, promote } from './apply';
import { noteLacking } from './backfill';
import { guard } from './guard';
import { concernedReadings, type Plan, plan } from './plan';
import type { Reading } from './reading';
import { refusalOf } from './refusal';
import { Report } from './report';
import type { Run } from './run';
import { settle } from './settle';
import { putInUnseen } from './sql/unseen';
import { inTransaction, type SqlSession } from './sql-session';
import { type StagedRecord, stageSmall } from './stage';
import { TargetReadings } from './target-readings';

/** Up to so many records are looked up one by one, by index. */
const BY_KEY = 100;
const NEVER_ABORTED = new AbortController().signal;

/** A small push: the six steps in one transaction, so that it is there as a whole, with its answer, or not at all. */
@Injectable()
export class SmallRuns {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    @Inject(KEY_POOL) private readonly keyPool: Pool,
    private readonly store: TaskStore,
    private readonly leases: TaskLeases,
    private readonly report: Report,
    private readonly readings: TargetReadings,
    private readonly logger: PinoLogger,
  ) {}

  /**
   * Takes a few records through all steps, and archives them meanwhile. Undefined when the source is busy: then they go
   * through the queue. Returns the task as it ended: succeeded, partially succeeded, failed or held.
   */
  async run(
    task: NewTask,
    source: Source,
    records: readonly StagedRecord[],
    archive: Archive,
  ): Promise<TaskRow | undefined> {
    let ended: TaskRow | undefined;
    try {
      ended = await this.attempt(task, source, records, archive, false);
    } catch (error) {
      if (!refusalOf(error, { lastTry: true })) throw error;
      ended = await this.attempt(task, source, records, archive, true);
    }
    if (ended) this.report.log(ended);
    return ended;
  }

  /** `careful` costs statements, so it is only asked for once the database has refused something. */
  private async attempt(
    task: NewTask,
    source: Source,
    records: readonly StagedRecord[],
    archive: Archive,
    careful: boolean,
  ): Promise<TaskRow | undefined> {
    const readings = await this.readings.inline(source.id);
    const byKey = records.length <= BY_KEY;
    let raced = false;
    return inTransaction(byKey ? this.keyPool : this.pool, { prepared: byKey }, async (sql) => {
      const { others } = this.readings;
      const opened = await this.store.openInline(
        sql,
        { ...task, ...readOf(records) },
        { owner: this.leases.owner, others: [...new Set(others.map(({ type }) => type))] },
      );
      if (!opened) return undefined;
      const run: Run = {
        task: opened,
        source,
        policies: effectivePolicies(source.policies),
        readings,
        others: opened.beside ? others : [],
        large: false,
        // Only a read renames, and what is read takes no pushes.
        earlierUids: false,
        undone: opened.undone,
        careful,
        logger: this.logger,
        signal: NEVER_ABORTED,
        transact: (work) => work(sql),
      };
      return archivedMeanwhile(
        sql,
        () => archive(opened.id),
        async () => {
          const ended = await this.steps(sql, run, records);
          if (ended.status !== 'held' && !raced && (await this.lostRace(sql, ended))) {
            raced = true;
            throw new RollcallError(
              'unavailable',
              'Users were made or purged in this very moment; the push is planned again.',
            );
          }
          return ended;
        },
      );
    });
  }

  private async steps(sql: SqlSession, run: Run, records: readonly StagedRecord[]): Promise<TaskRow> {
    const { task, source, readings } = run;
    stageSmall(sql, task, records, concernedReadings(run));
    if (records.some(({ record }) => record.unseen)) sql.send(putInUnseen(task.staging), [task.id, source.id]);
    const planned = await plan(sql, run);
    const hold = await guard(sql, run, planned);
    if (hold) {
      await this.store.setPlanned(sql, task.id);
      return this.report.hold(sql, run, hold);
    }
    await promote(sql, run, planned);
    for (const reading of readings) await applyAtOnce(sql, run, reading, changesOf(planned, reading));
    if (planned.watched) await this.report.recount(sql, await settle(sql, run));
    await noteLacking(sql, run);
    return this.report.close(sql, run);
  }

  /**
   * Two sources state the same new person at the same moment: the slower one planned to create, and found the value of
   * its match key taken. Planned again it finds the user. Or somebody comes back while they are purged: planned again they are new.
   */
  private async lostRace(sql: SqlSession, { id, match_key, counts }: TaskRow): Promise<boolean> {
    const any = (outcome: 'failed' | 'stale'): boolean => Object.values(counts).some((count) => count[outcome] > 0);
    if (match_key !== null && any('failed')) {
      const taken = await sql.query(
        `select 1 from changes where task_id = $1 and outcome = 'failed' and action = 'create' and field = any ($2::text[]) limit 1`,
        [id, match_key.split(',')],
      );
      if (taken.length > 0) return true;
    }
    if (!any('stale')) return false;
    const purged = await sql.query(
      `select 1 from changes c
       where task_id = $1 and outcome = 'stale' and action is not null and not exists (select from records r where r.id = c.record_id)
       limit 1`,
      [id],
    );
    return purged.length > 0;
  }
}

function changesOf(
  planned: Plan,
  reading: Reading,
): { size: number; links: boolean; creates: boolean; disables: boolean } {
  const groups = planned.changes.filter(
    (g) => g.action !== null && g.target_id === reading.targetId && g.data_type === reading.dataType,
  );
  return {
    size: groups.reduce((sum, g) => sum + g.n, 0),
    links: groups.some((g) => g.action === 'link'),
    creates: groups.every((g) => g.action === 'create'),
    disables: groups.some((g) => g.action === 'disable'),
  };
}

/** Counts what is about to be staged. */
export function readOf(records: readonly StagedRecord[]): { staged: number; read: Partial<Record<DataType, number>> } {
  const read: Partial<Record<DataType, number>> = {};
  for (const { dataType } of records) read[dataType] = (read[dataType] ?? 0) + 1;
  return { staged: records.length, read };
}
