/** The uids that a value of a record names: it is one, or a list of uids and of objects with one. */
export function uidsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(uidsIn);
  return typeof value === 'object' && value !== null && 'uid' in value ? uidsIn(value.uid) : [];
}
