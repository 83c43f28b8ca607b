import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { type DataType, type NormalisedRecord, seenHash } from '@rollcall/core';
import { from as copyFrom } from 'pg-copy-streams';
import type { TaskRow } from '../tasks/task-row';
import { madeOnce } from './made-once';
import type { Reading } from './reading';
import { lockShared } from './sql/lock-resources';
import { NOTE_QUEUED_PUSH, notePushedSql } from './sql/snapshot';
import type { SqlSession } from './sql-session';
import type { StagedCount } from './staged-counts';

/** A record ready for staging. */
export interface StagedRecord {
  /** Place in the read, from 0. */
  position: number;
  dataType: DataType;
  record: NormalisedRecord;
  /** The uid that it has from now on. */
  renamedTo?: string;
}

type PushedTask = Pick<TaskRow, 'id' | 'source_id' | 'dry_run'>;

/**
 * Puts a few records into staging with one statement, which notes them in snapshots that are under way (rule 22), and locks
 * what they share with others.
 */
export function stageSmall(
  sql: SqlSession,
  task: PushedTask,
  records: readonly StagedRecord[],
  readings: readonly Reading[],
): void {
  const text = madeOnce(readings, 'stage', () => stageSmallSql(readings));
  const sent = JSON.stringify(records.map(toRow));
  sql.send(text, [task.id, sent, task.dry_run ? null : task.source_id, task.source_id]);
}

function stageSmallSql(readings: readonly Reading[]): string {
  const { steps, taken } = lockShared(readings);
  return `
    with sent as (
      select * from jsonb_to_recordset($2::jsonb) as r (
        position integer, data_type text, uid text, payload jsonb, cleared text[], gone text, unseen text[], seen_hash uuid,
        code text, field text, message text
      )
    ), noted as (
      ${notePushedSql('sent', '$3')}
    )${steps}
    insert into staging (task_id, position, data_type, uid, payload, cleared, gone, unseen, seen_hash, code, field, message)
    select $1, r.* from sent r where ${taken} order by r.position`;
}

function toRow({ position, dataType, record }: StagedRecord): Record<string, unknown> {
  return {
    position,
    data_type: dataType,
    uid: record.uid,
    payload: record.payload,
    cleared: record.cleared,
    gone: record.gone ? 'deleted' : null,
    unseen: record.unseen,
    seen_hash: seenHash(record),
    code: record.failure?.code,
    field: record.failure?.field,
    message: record.failure?.message,
  };
}

/** Rows handed to COPY at once. */
const ROWS_AT_ONCE = 500;

/** Records as rows for `stageCopy`, a few hundred at a time. */
export function copyRows(taskId: number, records: readonly StagedRecord[]): Generator<Buffer> {
  return inBuffers(records, (record) => `${taskId}\t${record.position}\t${copyLine(record)}`);
}

/** What a staging relation holds of a record itself. */
const RECORD_COLUMNS = 'data_type, uid, payload, cleared, gone, unseen, seen_hash, code, field, message, renamed_to';

/** Puts any number of records into a staging relation with COPY, which sets the pace. */
export async function stageCopy(sql: SqlSession, staging: string, rows: Iterable<Buffer>): Promise<void> {
  await copyInto(sql, `${staging} (task_id, position, ${RECORD_COLUMNS})`, rows);
}

/** Stages a push that waits in the queue, and notes it in snapshots that are under way (rule 22). */
export async function stageQueued(sql: SqlSession, task: TaskRow, records: readonly StagedRecord[]): Promise<void> {
  await stageCopy(sql, task.staging, copyRows(task.id, records));
  if (!task.dry_run) await sql.query(NOTE_QUEUED_PUSH, [task.id, task.source_id]);
}

/** Puts records into the relation of a snapshot, which numbers them itself in the order in which they arrive. */
export async function stageSnapshot(sql: SqlSession, staging: string, records: readonly StagedRecord[]): Promise<void> {
  await copyInto(sql, `${staging} (${RECORD_COLUMNS})`, inBuffers(records, copyLine));
}

async function copyInto(sql: SqlSession, relation: string, rows: Iterable<Buffer>): Promise<void> {
  const copy = sql.connection.query(copyFrom(`copy ${relation} from stdin`));
  await pipeline(Readable.from(rows, { objectMode: true, highWaterMark: 2 }), copy);
}

function* inBuffers(records: readonly StagedRecord[], line: (record: StagedRecord) => string): Generator<Buffer> {
  for (let start = 0; start < records.length; start += ROWS_AT_ONCE) {
    let lines = '';
    for (const record of records.slice(start, start + ROWS_AT_ONCE)) lines += line(record);
    yield Buffer.from(lines);
  }
}

/**
 * A pull may meet one record several times, in several departments for example: the last one counts. Mostly it does not, and
 * one look at everything tells that and how much there is. `repeated`: of how many uids different things were told.
 */
export async function dropRepeated(
  sql: SqlSession,
  staging: string,
  taskId: number,
): Promise<{ counts: StagedCount[]; repeated: number }> {
  const counts = await sql.query<StagedCount & { repeated: boolean }>(
    `select data_type, (count(uid) + coalesce(sum(n) filter (where uid is null), 0))::int as n,
       coalesce(sum(n) filter (where uid is null), 0)::int as unreadable,
       coalesce(bool_or(uid is not null and n > 1), false) as repeated
     from (select data_type, uid, count(*) as n from ${staging} where task_id = $1 group by data_type, uid) g
     group by data_type`,
    [taskId],
  );
  let repeated = 0;
  if (counts.some((count) => count.repeated)) {
    ({ repeated } = await sql.one<{ repeated: number }>(
      `select count(*)::int as repeated
       from (
         select from ${staging} where task_id = $1 and uid is not null
         group by data_type, uid having count(distinct seen_hash) > 1
       ) told`,
      [taskId],
    ));
    await sql.query(
      `delete from ${staging} s
       using (
         select data_type, uid, max(position) as last from ${staging}
         where task_id = $1 and uid is not null group by data_type, uid having count(*) > 1
       ) r
       where s.task_id = $1 and s.data_type = r.data_type and s.uid = r.uid and s.position < r.last`,
      [taskId],
    );
  }
  return { counts, repeated };
}

function copyLine({ dataType, record, renamedTo }: StagedRecord): string {
  const { uid, cleared, gone, unseen, failure } = record;
  const payload = JSON.stringify(record.payload);
  const invalid = failure ? `${text(failure.code)}\t${text(failure.field)}\t${text(failure.message)}` : NO_FAILURE;
  return `${dataType}\t${text(uid)}\t${text(payload)}\t${text(arrayLiteral(cleared))}\t${
    gone ? 'deleted' : '\\N'
  }\t${unseen ? text(arrayLiteral(unseen)) : '\\N'}\t${seenHash(record, payload)}\t${invalid}\t${text(renamedTo)}\n`;
}

const NO_FAILURE = '\\N\t\\N\t\\N';

const COPY_ESCAPES = new Map([
  ['\\', '\\\\'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]);

const TO_ESCAPE = /[\\\t\n\r]/;

/** A value in COPY's text format. */
function text(value: string | null | undefined): string {
  if (value === null || value === undefined) return '\\N';
  if (!TO_ESCAPE.test(value)) return value;
  return value.replace(/[\\\t\n\r]/g, (character) => COPY_ESCAPES.get(character) ?? character);
}

function arrayLiteral(values: readonly string[]): string {
  return values.length === 0 ? '{}' : `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
