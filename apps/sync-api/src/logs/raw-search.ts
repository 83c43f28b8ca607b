import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type DataType, readRecord } from '@rollcall/core';

/** A record by its uid, or one without a readable uid by its place in what was read. */
export interface RawWanted {
  dataType: DataType;
  uid?: string | undefined;
  /** Lines before it. */
  position?: number | undefined;
}

/** A source may say one record several times; of more than this the last ones are shown. */
const MOST = 20;

/** The records in a raw archive's text that are wanted, in the order in which they were read. */
export async function findRawRecords(archive: Readable, wanted: RawWanted): Promise<unknown[]> {
  const found: unknown[] = [];
  const start = `{"dataType":"${wanted.dataType}",`;
  // A number in the record is a text as a uid, and an adapter may take capitals for small letters.
  const needle = wanted.uid === undefined ? undefined : JSON.stringify(wanted.uid).slice(1, -1).toLowerCase();
  let position = -1;
  for await (const line of createInterface({ input: archive, crlfDelay: Infinity })) {
    position++;
    if (!line.startsWith(start)) continue;
    if (needle === undefined) {
      if (position === wanted.position) return [recordOf(line)];
    } else if (line.toLowerCase().includes(needle)) {
      const record = recordOf(line);
      if (hasUid(record, wanted)) found.push(record);
      if (found.length > MOST) found.shift();
    }
  }
  return found;
}

const recordOf = (line: string): unknown => (JSON.parse(line) as { record: unknown }).record;

function hasUid(raw: unknown, { dataType, uid }: RawWanted): boolean {
  const { uid: read } = readRecord(dataType, raw);
  return read !== null && (read === uid || read.toLowerCase() === uid);
}
