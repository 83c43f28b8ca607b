/** A custom field as it is edited: as text, whatever it is. */
export interface CustomRow {
  /** Tells rows apart while their names change. */
  key: number;
  name: string;
  text: string;
  /** It has another type than text: what is typed is JSON. */
  json: boolean;
  /** It is there already, so its name stays. */
  stored: boolean;
}

export type CustomProblem = 'name' | 'twice' | 'json';

export interface CustomChanges {
  /** Name → new value; null: removed. Only what differs. */
  custom: Record<string, unknown>;
  /** Key of the row → what is wrong with it. */
  problems: Map<number, CustomProblem>;
}

export function customRows(custom: Readonly<Record<string, unknown>>): CustomRow[] {
  return Object.entries(custom)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value], key) => ({
      key,
      name,
      text: typeof value === 'string' ? value : JSON.stringify(value),
      json: typeof value !== 'string',
      stored: true,
    }));
}

/** What to send for rows that were edited; rows that are gone, or empty, remove their field. */
export function customChanges(rows: readonly CustomRow[], before: readonly CustomRow[]): CustomChanges {
  const custom: Record<string, unknown> = {};
  const problems = new Map<number, CustomProblem>();
  const names = new Set<string>();
  for (const row of rows) {
    const name = row.name.trim();
    if (!row.stored && name === '' && row.text === '') continue;
    if (name === '') problems.set(row.key, 'name');
    else if (names.has(name)) problems.set(row.key, 'twice');
    names.add(name);
    const old = before.find((other) => row.stored && other.name === name);
    if (old?.text === row.text) continue;
    const value = valueOf(row);
    if (value === undefined) problems.set(row.key, 'json');
    else custom[name] = value;
  }
  for (const { name } of before) {
    if (!names.has(name)) custom[name] = null;
  }
  return { custom, problems };
}

/** undefined: not what it has to be. */
function valueOf({ text, json }: CustomRow): unknown {
  if (text.trim() === '') return null;
  if (!json) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Said at the field.
    return undefined;
  }
}
