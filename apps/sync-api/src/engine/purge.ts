import { Injectable } from '@nestjs/common';
import { type ChangeCounts, isRemoteTarget, type Purge } from '@rollcall/core';
import { PinoLogger } from 'nestjs-pino';
import type { TaskRow } from '../tasks/task-row';
import { TaskStore } from '../tasks/task-store';
import { BATCH_SIZE } from './apply';
import { QueuedRuns } from './queued-runs';
import type { Reading } from './reading';
import { anythingOverdueSql, endPurgedLinksSql, fillPurgedSql, MAKE_PURGE_RELATIONS, waitAgainSql } from './sql/purge';
import { tellPurgedSql } from './sql/tell';
import type { SqlSession } from './sql-session';
import { TargetReadings } from './target-readings';

const NOTHING: ChangeCounts = {
  created: 0,
  updated: 0,
  disabled: 0,
  deleted: 0,
  restored: 0,
  linked: 0,
  unchanged: 0,
  failed: 0,
  stale: 0,
};

/**
 * Removes for good what was deleted longer ago than its grace period, batch by batch. Nothing is planned or guarded: the
 * deletion was, and the grace period was there for second thoughts. Whoever is stated again afterwards is new.
 */
@Injectable()
export class Purger {
  constructor(
    private readonly runs: QueuedRuns,
    private readonly readings: TargetReadings,
    private readonly store: TaskStore,
    logger: PinoLogger,
  ) {
    logger.setContext('Purger');
  }

  /** Whether a purge would find anything. */
  async isDue(sql: SqlSession): Promise<boolean> {
    const purgeable = (await this.readings.all()).filter(canPurge);
    return purgeable.length > 0 && (await sql.one<{ due: boolean }>(anythingOverdueSql(purgeable))).due;
  }

  /** Runs a claimed task of kind `purge` to its end. Begun again it finds what is left. */
  async run(task: TaskRow, stop: AbortController): Promise<TaskRow> {
    const transact = this.runs.transactions(task, stop);
    const readings = await this.readings.all();
    let { counts } = task;
    for (const reading of readings.filter(canPurge)) {
      for (let after = 0; ;) {
        const step = await transact(async (sql) => {
          const { n, last } = await purgeNext(sql, readings, reading, { task, after, signal: stop.signal });
          const counted = withRemoved(counts, reading.targetName, n);
          await this.store.countPurged(sql, task.id, counted);
          return { last, counted };
        });
        counts = step.counted;
        if (step.last === null) break;
        after = step.last;
      }
    }
    return transact((sql) => this.store.succeed(sql, task));
  }
}

/** Only a target that keeps resources here can remove them. */
function canPurge({ adapter, rules }: Reading): boolean {
  return rules.owns && !isRemoteTarget(adapter) && adapter.purge !== undefined;
}

interface PurgeStep {
  task: TaskRow;
  /** Resources up to this one were looked at. */
  after: number;
  signal: AbortSignal;
}

/** One batch of one reading's resources. `last` is null when none were left. */
async function purgeNext(
  sql: SqlSession,
  readings: readonly Reading[],
  reading: Reading,
  { task, after, signal }: PurgeStep,
): Promise<{ n: number; last: number | null }> {
  await sql.execute(MAKE_PURGE_RELATIONS);
  const filled = await sql.one<{ n: number; last: number | null }>(fillPurgedSql(reading), [after, BATCH_SIZE]);
  if (filled.last === null) return filled;
  await sql.execute('analyze purged');
  await sql.query(tellPurgedSql(reading), [task.id]);
  const purge: Purge = { dataType: reading.dataType, relation: 'purged', referrers: 'purge_referrers' };
  // What is attached to the resources goes before them.
  const concerned = readings.filter((other) => other.owner === reading).reverse();
  for (const each of concerned) {
    if (isRemoteTarget(each.adapter) || !each.adapter.purge) continue;
    await each.adapter.purge(purge, { ...each.context(signal), sql });
    await sql.query(waitAgainSql(each), [task.id]);
  }
  await sql.query(endPurgedLinksSql(reading), [concerned.map(({ targetId }) => targetId)]);
  return filled;
}

function withRemoved(counts: TaskRow['counts'], target: string, n: number): TaskRow['counts'] {
  if (n === 0) return counts;
  const before = counts[target] ?? NOTHING;
  return { ...counts, [target]: { ...before, deleted: before.deleted + n } };
}
