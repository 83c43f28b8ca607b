import { applyNext, secondTry } from './apply';
import { disableRefused } from './disable-refused';
import { positionKey, type Reading } from './reading';
import type { Run } from './run';
import { forgetUnbroughtSql } from './sql/unbrought';

/** So many batches are written at the same time. */
const SIDE_BY_SIDE = 2;
/** $1 task, $2 positions. */
const STAND_AT = `update tasks set applied_positions = coalesce(applied_positions, '{}') || $2 where id = $1`;
/** A position behind every record. */
const END = Number.MAX_SAFE_INTEGER;

/**
 * Applies what the plan holds for the targets in this Postgres, from where an earlier worker got to. Each target is a lane:
 * its readings come one after the other, batch by batch, and lanes go on side by side, as Postgres writes with one core a
 * connection. Nothing is attached to a resource, and no target gets a record, before the batch of the one that it comes
 * after is committed.
 */
export async function applyInLanes(run: Run): Promise<void> {
  const readings = run.readings.filter((reading) => !reading.remote);
  const stored = (reading: Reading): number => run.task.applied_positions?.[positionKey(reading)] ?? 0;
  await new Lanes(run, new Map(readings.map((reading) => [reading, stored(reading)]))).drain();
  for (const reading of readings) {
    if (stored(reading) === END) continue;
    await run.transact(async (sql) => {
      await secondTry(sql, run, reading);
      await disableRefused(sql, run, reading);
      if (run.task.kind !== 'undo') await sql.query(forgetUnbroughtSql(reading), [run.task.id, run.source.id]);
      await sql.query(STAND_AT, [run.task.id, { [positionKey(reading)]: END }]);
    });
    run.logger.info('Applied', { target: reading.targetName, dataType: reading.dataType });
  }
}

class Lanes {
  private readonly lanes: readonly (readonly Reading[])[];

  /** `positions`: how far each reading is committed; `END` when it is through. */
  constructor(
    private readonly run: Run,
    private readonly positions: Map<Reading, number>,
  ) {
    const readings = [...positions.keys()];
    // What an undo takes back hangs together: it takes one step after the other.
    const laneOf = (reading: Reading): number => (run.task.kind === 'undo' ? 0 : reading.targetId);
    this.lanes = [...new Set(readings.map(laneOf))].map((lane) => readings.filter((one) => laneOf(one) === lane));
  }

  /** Writes batch after batch until every reading is through, or one fails: then the others end the batch they are at. */
  async drain(): Promise<void> {
    const running = new Map<Reading, Promise<void>>();
    try {
      for (;;) {
        for (const { reading, limit } of this.ready(running)) {
          running.set(
            reading,
            this.advance(reading, limit).then(() => void running.delete(reading)),
          );
        }
        if (running.size === 0) return;
        await Promise.race(running.values());
      }
    } finally {
      // Nothing of a task goes on once its worker has given it up.
      await Promise.allSettled(running.values());
    }
  }

  /** What can be begun beside what runs. */
  private ready(running: ReadonlyMap<Reading, unknown>): { reading: Reading; limit: number }[] {
    const idle = this.lanes.filter((lane) => !lane.some((reading) => running.has(reading)));
    const ready = idle.flatMap((lane) => {
      const reading = lane.find((one) => this.position(one) < END);
      if (!reading) return [];
      const limit = this.limit(reading);
      return limit > this.position(reading) ? [{ reading, limit }] : [];
    });
    // The first batch of all goes alone: in empty tables Postgres plans without their indexes, and must not find them growing.
    const begun = [...this.positions.values()].some((position) => position > 0);
    return ready.slice(0, (begun ? SIDE_BY_SIDE : 1) - running.size);
  }

  private position(reading: Reading): number {
    return this.positions.get(reading) ?? 0;
  }

  /** How far a reading may go: as far as those that it comes after. */
  private limit(reading: Reading): number {
    const before = [reading.owner, ...reading.after].filter((other) => other !== reading && this.positions.has(other));
    return Math.min(END, ...before.map((other) => this.position(other)));
  }

  private async advance(reading: Reading, limit: number): Promise<void> {
    const { run } = this;
    const after = this.position(reading);
    this.positions.set(
      reading,
      await run.transact((sql) => applyNext(sql, run, reading, { after, limit }), { beside: true }),
    );
  }
}
