/** A value as people read it; undefined: there is none. Lists of uids become names with what they are marked with. */
export function valueText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) {
    if (value.length === 0) return undefined;
    return value.map((item) => referenceText(item) ?? valueText(item) ?? '–').join(', ');
  }
  return JSON.stringify(value);
}

/** `{uid, isOwner, …}` → `uid (isOwner)`; undefined: it is something else. */
function referenceText(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('uid' in item)) return undefined;
  const { uid, ...marks } = item;
  const set = Object.entries(marks).flatMap(([name, on]) => (on === true ? [name] : []));
  return set.length > 0 ? `${String(uid)} (${set.join(', ')})` : String(uid);
}
