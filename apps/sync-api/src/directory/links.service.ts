import { Inject, Injectable } from '@nestjs/common';
import { type DataType, isRollcallError, readRecord, RollcallError } from '@rollcall/core';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { AuditService } from '../audit/audit.service';
import type { Caller } from '../auth/caller';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { inTransaction, type SqlSession } from '../engine/sql-session';
import { tellByHand } from '../feed/tell';
import { plainRefusal, refusal } from '../http/refusals';
import { SourcesService } from '../sources/sources.service';
import { type MadeBy, RecordTasks } from '../tasks/record-tasks';
import type { TaskRow } from '../tasks/task-row';
import { refused } from './hand-made-values';
import type { NewLinkBody } from './link.dto';
import {
  CHOOSE_MAIN_OF_MEMBERS,
  CHOOSE_MAIN_WITHOUT_SOURCE,
  DETACH,
  DROP_MEMBERS,
  DROP_MEMBERSHIPS,
  DROP_OWNERS,
  LINK_PROTECTED,
  LINKED_RECORD,
  LOCK_MEMBERS,
  LOOK_AT_OTHERS,
  LOOK_AT_REFERRING,
  RECORD_OF_UID,
  RECORDS_OF_USER,
  UID_OF_USER,
} from './sql/hand-links';

/** What rules cannot resolve: which record stands for whom, and applying it again. */
@Injectable()
export class LinksService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly tasks: RecordTasks,
    private readonly sources: SourcesService,
    private readonly registry: AdapterRegistry,
    private readonly audit: AuditService,
  ) {}

  /** Applies what every source says about a user again. One task a source; the first is returned. */
  async applyAgain(caller: Caller, userId: number, made: MadeBy): Promise<TaskRow> {
    const tasks = await this.transact(async (sql) => {
      const user = await lockUser(sql, userId);
      // Nothing would come of it, and targets elsewhere would take it for done.
      if (user.protected) throw refusal('user_protected', { userId });
      const sources = await sql.query<{ source_id: number; records: number[] }>(RECORDS_OF_USER, [userId]);
      const queued: TaskRow[] = [];
      let refused: RollcallError | undefined;
      for (const { source_id, records } of sources) {
        try {
          queued.push(await this.tasks.applyAgain(sql, source_id, records, made));
        } catch (error) {
          // One that is about to go keeps nobody from what the others say.
          if (!isRollcallError(error) || error.code !== 'source_disabled') throw error;
          refused = error;
        }
      }
      if (queued.length === 0 && refused) throw refused;
      const taskIds = queued.map(({ id }) => id);
      await this.audit.record(caller, 'user.sync', `user:${userId}`, { taskIds }, sql.connection);
      return queued;
    });
    const [first] = tasks;
    if (!first) throw refusal('user_not_stated', { userId });
    await this.tasks.start(...tasks);
    return first;
  }

  /** Links a record to a user of the admin's choice. What the record says is applied by the task. */
  async link(caller: Caller, { sourceId, userId, ...body }: NewLinkBody, made: MadeBy): Promise<TaskRow> {
    const uid = await this.uidOf(sourceId, body.uid);
    const task = await this.transact(async (sql) => {
      const user = await lockUser(sql, userId);
      if (user.deleted) throw refusal('user_deleted', { userId });
      const record = await linkable(sql, sourceId, uid, userId);
      const queued = await this.queueLink(sql, { sourceId, uid, userId }, user.protected, made);
      const details = { sourceId, recordId: record?.id ?? null, taskId: queued.id };
      await this.audit.record(caller, 'link.create', `user:${userId}`, details, sql.connection);
      return queued;
    });
    await this.tasks.start(task);
    return task;
  }

  /**
   * Takes a record from its user or department. Values stay until others who state them say so again; what the source says about
   * memberships there goes.
   */
  async unlink(caller: Caller, recordId: number): Promise<void> {
    await this.transact(async (sql) => {
      const [record] = await sql.query<{ source_id: number; data_type: DataType; uid: string; resource_id: number }>(
        LINKED_RECORD,
        [recordId],
      );
      if (!record) throw new RollcallError('not_found', `There is no link ${recordId}.`);
      const statement = [record.resource_id, record.source_id];
      if (record.data_type === 'user') {
        await sql.query('select from users where id = $1 for no key update', [record.resource_id]);
        await sql.query(CHOOSE_MAIN_WITHOUT_SOURCE, statement);
        await sql.query(DROP_MEMBERSHIPS, statement);
      } else {
        await sql.query(LOCK_MEMBERS, statement);
        await sql.query(CHOOSE_MAIN_OF_MEMBERS, statement);
        const members = await sql.query<{ user_id: number }>(DROP_MEMBERS, [...statement, record.uid]);
        const owners = await sql.query<{ user_id: number }>(DROP_OWNERS, statement);
        const ids = [...new Set([...members, ...owners].map(({ user_id }) => user_id))];
        if (ids.length > 0) await tellByHand(sql.connection, { dataType: 'user', action: 'updated', ids });
      }
      await sql.query(LOOK_AT_REFERRING[record.data_type], statement);
      await sql.query(DETACH, [recordId]);
      await sql.query(LOOK_AT_OTHERS, [record.resource_id, record.data_type]);
      const told = { dataType: record.data_type, action: 'updated', ids: [record.resource_id] } as const;
      await tellByHand(sql.connection, told);
      const subject = `${record.data_type}:${record.resource_id}`;
      const details = { sourceId: record.source_id, recordId };
      await this.audit.record(caller, 'link.delete', subject, details, sql.connection);
    });
  }

  /** A protected user is linked at once, because no task may touch them; the task then finds nothing to do. */
  private async queueLink(
    sql: SqlSession,
    { sourceId, uid, userId }: NewLinkBody,
    isProtected: boolean,
    made: MadeBy,
  ): Promise<TaskRow> {
    const task = await this.tasks.link(sql, sourceId, uid, userId, made);
    if (isProtected) {
      await sql.query(LINK_PROTECTED, [task.id, sourceId, uid, userId]);
      await tellByHand(sql.connection, { dataType: 'user', action: 'updated', ids: [userId] });
    }
    return task;
  }

  /** The uid as the engine keeps it: some sources do not tell upper from lower case. */
  private async uidOf(sourceId: number, given: string): Promise<string> {
    const { type } = await this.sources.byId(sourceId);
    const { uid, failure } = readRecord('user', { uid: given }, { uidCase: this.registry.source(type).uidCase });
    if (uid !== null) return uid;
    throw refused([{ pointer: '/uid', code: failure?.code ?? 'uid_invalid', message: 'is not a uid' }]);
  }

  private transact<T>(work: (sql: SqlSession) => Promise<T>): Promise<T> {
    return inTransaction(this.pool, { prepared: false }, work);
  }
}

async function lockUser(sql: SqlSession, id: number): Promise<{ deleted: boolean; protected: boolean }> {
  const [user] = await sql.query<{ deleted: boolean; protected: boolean }>(
    'select deleted_at is not null as deleted, protected from users where id = $1 for no key update',
    [id],
  );
  if (user) return user;
  throw new RollcallError('not_found', `There is no user ${id}.`);
}

/** Refuses what would leave a record with two users, or a user with two records of one source. */
async function linkable(
  sql: SqlSession,
  sourceId: number,
  uid: string,
  userId: number,
): Promise<{ id: number } | undefined> {
  const [record] = await sql.query<{ id: number; gone: boolean; user_id: number | null }>(RECORD_OF_UID, [
    sourceId,
    uid,
  ]);
  if (record?.user_id === userId) throw refusal('linked_already', { userId });
  if (record?.user_id != null) throw refusal('record_linked', { userId: record.user_id, recordId: record.id });
  if (record?.gone) throw plainRefusal('record_gone');
  if ((await sql.query(UID_OF_USER, [userId, sourceId])).length > 0) throw refusal('user_linked', { userId });
  return record;
}
