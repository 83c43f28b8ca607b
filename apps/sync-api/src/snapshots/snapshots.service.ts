import { Inject, Injectable } from '@nestjs/common';
import { type DataType, RollcallError } from '@rollcall/core';
import { type Caller, may } from '../auth/caller';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { snapshotTable } from '../engine/snapshot-staging';
import { inTransaction, type SqlSession } from '../engine/sql-session';
import { stageSnapshot } from '../engine/stage';
import { RawArchive } from '../logs/raw-archive';
import { PushIntake } from '../push/push-intake';
import type { SentRecords } from '../push/push-request';
import { PushSources, requireMatchKey } from '../push/push-sources';
import { TaskQueue } from '../queue/task-queue';
import { SourcesService } from '../sources/sources.service';
import type { TaskRow } from '../tasks/task-row';
import { TaskStore } from '../tasks/task-store';
import type { CommitSnapshotBody, OpenSnapshotBody, TakenRecordsView } from './snapshot.dto';
import { type Sent, type SnapshotRow, SnapshotStore } from './snapshot-store';

/** Opens snapshots, takes their records, and makes a task of each that is complete. */
@Injectable()
export class SnapshotsService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly snapshots: SnapshotStore,
    private readonly intake: PushIntake,
    private readonly archive: RawArchive,
    private readonly pushSources: PushSources,
    private readonly sources: SourcesService,
    private readonly tasks: TaskStore,
    private readonly queue: TaskQueue,
  ) {}

  async open(caller: Caller, body: OpenSnapshotBody): Promise<SnapshotRow> {
    const source = await this.pushSources.of(caller, { id: body.sourceId, name: body.sourceName });
    requireMatchKey(source, body.matchKey);
    const { dataTypes, matchKey } = body;
    const apiKeyId = caller.kind === 'key' ? caller.keyId : undefined;
    return this.transact((sql) => this.snapshots.open(sql, { sourceId: source.id, dataTypes, matchKey, apiKeyId }));
  }

  /** Adds records. They are committed, and in the raw archive, before the answer. */
  async add(caller: Caller, id: number, sent: SentRecords): Promise<TakenRecordsView> {
    const snapshot = await this.snapshots.get(id, writerOf(caller));
    requireOpen(snapshot);
    requireDataType(snapshot, sent.dataType);
    const source = await this.sources.byId(snapshot.source_id);
    // Its commit would be refused: nobody should send for hours before that is told.
    await this.sources.requireEnabled(source);
    const { staged, warnings } = this.intake.read(source, sent);
    await this.transact(async (sql) => {
      requireOpen(await this.snapshots.lock(sql, id, writerOf(caller), 'share'));
      await stageSnapshot(sql, snapshotTable(id), staged);
      await this.intake.archive(`snapshot-${id}`, sent);
    });
    const failedRecords = staged.flatMap(({ position, record: { failure } }) =>
      failure
        ? [{ record: sent.records[position], message: failure.message, code: failure.code, field: failure.field }]
        : [],
    );
    const failed = failedRecords.length;
    const count = { all: staged.length, success: staged.length - failed, failed };
    return { count, failedRecords, ...(warnings.length > 0 && { warnings }) };
  }

  /**
   * Makes it a task. Committed again it answers with the same task: the first answer may have been lost. A dry run that is
   * committed for real is planned anew, as that task, and applied within the limits.
   */
  async commit(caller: Caller, id: number, body: CommitSnapshotBody, requestId: string): Promise<TaskRow> {
    const { source_id: sourceId } = await this.snapshots.get(id, writerOf(caller));
    const taskId = await this.transact(async (sql) => {
      const snapshot = await this.snapshots.lock(sql, id, writerOf(caller), 'update');
      if (snapshot.task_id !== null) {
        requireSame(snapshot, body);
        if (body.dryRun !== true) await this.takeForReal(sql, snapshot, snapshot.task_id);
        return snapshot.task_id;
      }
      if (body.dryRun !== true) await this.sources.requireEnabled(await this.sources.byId(sourceId));
      const sent = await this.snapshots.sent(sql, id);
      requireExpected(snapshot, body, sent);
      const task = await this.tasks.insertQueued(sql, {
        sourceId,
        kind: 'snapshot',
        dryRun: body.dryRun ?? false,
        matchKey: snapshot.match_key ?? undefined,
        requestId,
        apiKeyId: caller.kind === 'key' ? caller.keyId : undefined,
        sent: sent.reduce((sum, { uids, unreadable }) => sum + uids + unreadable, 0),
      });
      await this.snapshots.giveToTask(sql, id, task.id, body.expected);
      return task.id;
    });
    await this.archive.handOver(`snapshot-${id}`, taskId);
    const task = await this.tasks.get(taskId);
    await this.queue.enqueueDue(sourceId);
    return task;
  }

  /** What was looked at is to be done. A plan that found nothing to do has done it. */
  private async takeForReal(sql: SqlSession, { id, source_id }: SnapshotRow, taskId: number): Promise<void> {
    const task = await this.tasks.lock(sql, taskId);
    const { dry_run, status } = task;
    if (!dry_run || status === 'succeeded') return;
    await this.sources.requireEnabled(await this.sources.byId(source_id));
    if (status === 'held' || status === 'queued') {
      await this.tasks.takeForReal(sql, task);
    } else if (status === 'running') {
      const message = `The dry run of snapshot ${id}, task ${taskId}, is at work. Commit again once it is held.`;
      throw new RollcallError('conflict', message);
    } else {
      const message = `The dry run of snapshot ${id}, task ${taskId}, is ${status}. Open a new snapshot.`;
      throw new RollcallError('snapshot_committed', message);
    }
  }

  async abort(caller: Caller, id: number): Promise<void> {
    await this.transact(async (sql) => {
      requireOpen(await this.snapshots.lock(sql, id, writerOf(caller), 'update'));
      await this.snapshots.remove(sql, id);
    });
  }

  private transact<T>(work: (sql: SqlSession) => Promise<T>): Promise<T> {
    return inTransaction(this.pool, { prepared: false }, work);
  }
}

/** Whose snapshots somebody may go on with: a key with its own only, unless it is one of an admin. */
function writerOf(caller: Caller): number | null {
  return caller.kind === 'key' && !may(caller, 'admin') ? caller.keyId : null;
}

function requireOpen({ id, task_id }: SnapshotRow): void {
  if (task_id === null) return;
  throw new RollcallError('snapshot_committed', `Snapshot ${id} is committed, as task ${task_id}. Open a new one.`);
}

function requireDataType({ id, data_types }: SnapshotRow, dataType: DataType): void {
  if (data_types.includes(dataType)) return;
  throw new RollcallError(
    'invalid_request',
    `Snapshot ${id} was opened for ${data_types.join(' and ')} only. Open one that names ${dataType} in dataTypes.`,
    { errors: [{ pointer: '/dataType', code: 'is_in', message: `must be one of: ${data_types.join(', ')}` }] },
  );
}

/** It is the same commit once more, not one of something else. */
function requireSame({ id, task_id, expected }: SnapshotRow, body: CommitSnapshotBody): void {
  const wrong = (['user', 'department'] as const).flatMap((dataType) => {
    if (expected === null || expected[dataType] === body.expected[dataType]) return [];
    const message = `expected ${body.expected[dataType] ?? 'nothing'}, but ${expected[dataType] ?? 'nothing'} was committed`;
    return [{ pointer: `/expected/${dataType}`, code: 'snapshot_committed', message }];
  });
  if (wrong.length === 0) return;
  throw new RollcallError(
    'snapshot_committed',
    `Snapshot ${id} is committed, as task ${task_id}, with other numbers. Open a new one.`,
    { errors: wrong },
  );
}

/** What the caller meant to send is what arrived: less would make people missing. */
function requireExpected(
  { id, data_types }: SnapshotRow,
  { expected }: CommitSnapshotBody,
  sent: readonly Sent[],
): void {
  for (const dataType of ['user', 'department'] as const) {
    if (data_types.includes(dataType) === (expected[dataType] !== undefined)) continue;
    const message = data_types.includes(dataType) ? 'is required' : 'is not a data type of this snapshot';
    throw new RollcallError('invalid_request', `expected.${dataType} ${message}.`, {
      errors: [{ pointer: `/expected/${dataType}`, code: 'invalid', message }],
    });
  }
  const wrong = data_types.flatMap((dataType) => {
    const { uids = 0, unreadable = 0 } = sent.find(({ data_type }) => data_type === dataType) ?? {};
    if (uids === expected[dataType]) return [];
    const others = unreadable > 0 ? `, and ${unreadable} without a uid that can be read` : '';
    const message = `expected ${expected[dataType]} distinct uids, ${uids} arrived${others}`;
    return [{ pointer: `/expected/${dataType}`, code: 'snapshot_incomplete', message }];
  });
  if (wrong.length === 0) return;
  throw new RollcallError(
    'snapshot_incomplete',
    `Snapshot ${id} is not what was expected: ${wrong
      .map(({ pointer, message }) => `${pointer.slice('/expected/'.length)}: ${message}`)
      .join('; ')}. It stays open: send what is missing, and commit again.`,
    { errors: wrong },
  );
}
