// The rows that the floors COPY, made beforehand: what Rollcall's own reading makes of the records of the company.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { readRecord, seenHash } from '@rollcall/core';
import { pages } from './company/records.mjs';

/** Writes a file in COPY's text format. The made-up records hold nothing that would have to be escaped. */
export async function writeFloorRows(file, users, state, prefix) {
  const out = createWriteStream(file);
  let position = 0;
  for (const { dataType, records } of pages(users, state, prefix)) {
    let text = '';
    for (const raw of records) {
      const record = readRecord(dataType, raw);
      text += `${position++}\t${dataType}\t${record.uid}\t${JSON.stringify(record.payload)}\t${seenHash(record)}\n`;
    }
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}
