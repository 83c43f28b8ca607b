type Details = Readonly<Record<string, unknown>>;

/** One fact of an entry. With `before` it is a change. */
export interface DetailRow {
  name: string;
  before?: string;
  value: string;
}

/** What people call a fact, and its value; what is unknown comes back as it is. */
export interface DetailWords {
  name: (fact: string) => string;
  value: (fact: string, value: unknown) => unknown;
}

/** The details of an entry, one row a fact; of `{before, after}` only what differs. */
export function detailRows(details: Details, words: DetailWords): DetailRow[] {
  const { before, after, ...rest } = details;
  const text = (fact: string, value: unknown): string => written(words.value(fact, value));
  const factsOf = (facts: Details): DetailRow[] =>
    Object.entries(facts).map(([fact, value]) => ({ name: words.name(fact), value: text(fact, value) }));
  if (!isObject(before) || !isObject(after)) {
    const kept = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
    return [...factsOf(rest), ...factsOf(kept)];
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changes = names
    .map((fact) => ({ name: words.name(fact), before: text(fact, before[fact]), value: text(fact, after[fact]) }))
    .filter((change) => change.before !== change.value);
  return [...changes, ...factsOf(rest)];
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
