type Details = Readonly<Record<string, unknown>>;

/** One fact of an entry. With `before` it is a change. */
export interface DetailRow {
  name: string;
  before?: string;
  value: string;
}

/** The details of an entry, one row a fact; of `{before, after}` only what differs. */
export function detailRows(details: Details): DetailRow[] {
  const { before, after, ...rest } = details;
  const facts = Object.entries(rest).map(([name, value]) => ({ name, value: written(value) }));
  if (!isObject(before) || !isObject(after)) {
    const kept = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
    return [...facts, ...Object.entries(kept).map(([name, value]) => ({ name, value: written(value) }))];
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changes = names
    .map((name) => ({ name, before: written(before[name]), value: written(after[name]) }))
    .filter((change) => change.before !== change.value);
  return [...changes, ...facts];
}

function written(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ') || '–';
  return JSON.stringify(value);
}

function isObject(value: unknown): value is Details {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
