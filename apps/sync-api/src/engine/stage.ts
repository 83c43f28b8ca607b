import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { type DataType, type NormalisedRecord, seenHash } from '@rollcall/core';
import { from as copyFrom } from 'pg-copy-streams';
import type { SqlSession } from './sql-session';

/** A record ready for staging. */
export interface StagedRecord {
  /** Place in the read, from 0. */
  position: number;
  dataType: DataType;
  record: NormalisedRecord;
}

/** Puts a few records into staging with one statement. */
export async function stageSmall(sql: SqlSession, taskId: number, records: readonly StagedRecord[]): Promise<void> {
  await sql.query(
    `insert into staging (task_id, position, data_type, uid, payload, cleared, gone, seen_hash, code, field, message)
     select $1, r.* from jsonb_to_recordset($2::jsonb) as r (
       position integer, data_type text, uid text, payload jsonb, cleared text[], gone text, seen_hash uuid,
       code text, field text, message text
     ) order by r.position`,
    [taskId, JSON.stringify(records.map(toRow))],
  );
}

function toRow({ position, dataType, record }: StagedRecord): Record<string, unknown> {
  return {
    position,
    data_type: dataType,
    uid: record.uid,
    payload: record.payload,
    cleared: record.cleared,
    gone: record.gone ? 'deleted' : null,
    seen_hash: seenHash(record),
    code: record.failure?.code,
    field: record.failure?.field,
    message: record.failure?.message,
  };
}

/** Records by the page, as they come. */
export type Pages = Iterable<readonly StagedRecord[]> | AsyncIterable<readonly StagedRecord[]>;

/** Rows handed to COPY at once. */
const CHUNK = 500;

/** Puts any number of records into a staging relation with COPY. Nothing is collected: COPY sets the pace of the pages. */
export async function stageCopy(sql: SqlSession, staging: string, taskId: number, pages: Pages): Promise<void> {
  const copy = sql.connection.query(
    copyFrom(
      `copy ${staging} (task_id, position, data_type, uid, payload, cleared, gone, seen_hash, code, field, message) from stdin`,
    ),
  );
  await pipeline(Readable.from(chunks(taskId, pages), { objectMode: true, highWaterMark: 2 }), copy);
}

async function* chunks(taskId: number, pages: Pages): AsyncGenerator<Buffer> {
  for await (const page of pages) {
    for (let start = 0; start < page.length; start += CHUNK) {
      let lines = '';
      for (const record of page.slice(start, start + CHUNK)) lines += copyLine(taskId, record);
      yield Buffer.from(lines);
    }
  }
}

/**
 * A pull may meet one record several times, in several departments for example: the last one counts. Returns how many
 * distinct records are left of each data type.
 */
export async function dropRepeated(
  sql: SqlSession,
  staging: string,
  taskId: number,
): Promise<Partial<Record<DataType, number>>> {
  await sql.query(
    `delete from ${staging} s
     using (
       select data_type, uid, max(position) as last from ${staging}
       where task_id = $1 and uid is not null group by data_type, uid having count(*) > 1
     ) r
     where s.task_id = $1 and s.data_type = r.data_type and s.uid = r.uid and s.position < r.last`,
    [taskId],
  );
  const rows = await sql.query<{ data_type: DataType; n: number }>(
    `select data_type, count(*)::int as n from ${staging} where task_id = $1 group by data_type`,
    [taskId],
  );
  return Object.fromEntries(rows.map((row) => [row.data_type, row.n]));
}

function copyLine(taskId: number, { position, dataType, record }: StagedRecord): string {
  const { uid, payload, cleared, gone, failure } = record;
  return `${taskId}\t${position}\t${dataType}\t${text(uid)}\t${text(JSON.stringify(payload))}\t${text(arrayLiteral(cleared))}\t${
    gone ? 'deleted' : '\\N'
  }\t${seenHash(record)}\t${text(failure?.code)}\t${text(failure?.field)}\t${text(failure?.message)}\n`;
}

const COPY_ESCAPES = new Map([
  ['\\', '\\\\'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]);

/** A value in COPY's text format. */
function text(value: string | null | undefined): string {
  if (value === null || value === undefined) return '\\N';
  return value.replace(/[\\\t\n\r]/g, (character) => COPY_ESCAPES.get(character) ?? character);
}

function arrayLiteral(values: readonly string[]): string {
  return values.length === 0 ? '{}' : `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
