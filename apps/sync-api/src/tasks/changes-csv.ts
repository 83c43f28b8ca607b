import type { ChangeView, ShownDifference } from './change-view';

const COLUMNS = ['target', 'dataType', 'uid', 'name', 'action', 'outcome', 'code', 'field', 'message', 'diff'] as const;

/** Changes as CSV (RFC 4180), line by line. */
export async function* changesCsv(pages: AsyncIterable<ChangeView[]>): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for await (const page of pages) yield page.map(line).join('');
}

function line(change: ChangeView): string {
  const values = COLUMNS.map((column) => (column === 'diff' ? diffText(change.diff) : (change[column] ?? '')));
  return `${values.map(cell).join(',')}\r\n`;
}

/** `status: active → disabled; nickname: Ada`: for people, who have it in a spreadsheet; the JSON is in the JSON answer. */
const diffText = (diff: readonly ShownDifference[]): string => diff.map(differenceText).join('; ');

function differenceText({ field, before, after, waits = [] }: ShownDifference): string {
  const values = isNothing(before) ? valueText(after) : `${valueText(before)} → ${valueText(after)}`;
  return `${field}: ${values}${waits.length > 0 ? ` (waits for ${waits.join(', ')})` : ''}`;
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** Lists with commas, departments by uid with their flags, what is nested as JSON. */
function valueText(value: unknown): string {
  if (isNothing(value)) return '(empty)';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(itemText).join(', ');
  return JSON.stringify(value);
}

function itemText(item: unknown): string {
  if (typeof item !== 'object' || item === null || !('uid' in item) || typeof item.uid !== 'string')
    return valueText(item);
  const { uid, ...rest } = item;
  const flags = Object.entries(rest).filter(([, value]) => value !== false);
  if (flags.length === 0) return uid;
  return flags.every(([, value]) => value === true)
    ? `${uid} (${flags.map(([name]) => name).join(', ')})`
    : JSON.stringify(item);
}

/** Quoted where needed; a leading `=`, `+`, `-` or `@` is disarmed, because spreadsheets would run it as a formula. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
