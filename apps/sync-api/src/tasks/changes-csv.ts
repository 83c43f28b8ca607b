import type { ChangeView } from './change-view';

const COLUMNS = ['target', 'dataType', 'uid', 'name', 'action', 'outcome', 'code', 'field', 'message', 'diff'] as const;

/** Changes as CSV (RFC 4180), line by line. */
export async function* changesCsv(pages: AsyncIterable<ChangeView[]>): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for await (const page of pages) yield page.map(line).join('');
}

function line(change: ChangeView): string {
  const values = COLUMNS.map((column) => (column === 'diff' ? JSON.stringify(change.diff) : (change[column] ?? '')));
  return `${values.map(cell).join(',')}\r\n`;
}

/** Quoted where needed; a leading `=`, `+`, `-` or `@` is disarmed, because spreadsheets would run it as a formula. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
