import { isPlainObject } from './json-inspection';

/**
 * The same JSON value with the keys of every object in sorted order, and without `undefined`. What is in order already
 * may not be copied.
 */
export function canonicalJson(value: unknown): unknown {
  if (Array.isArray(value)) return canonicalList(value as unknown[]);
  return isPlainObject(value) ? canonicalObject(value) : value;
}

function canonicalList(list: unknown[]): unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    const canonical = item === undefined ? null : canonicalJson(item);
    if (canonical !== item) (copy ??= [...list])[index] = canonical;
  }
  return copy ?? list;
}

function canonicalObject(object: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(object);
  if (isCanonical(object, keys)) return object;
  const sorted: Record<string, unknown> = {};
  for (const key of keys.sort()) {
    const value = canonicalJson(object[key]);
    if (value === undefined) continue;
    // Not an assignment: that would set the prototype when the key is `__proto__`.
    Object.defineProperty(sorted, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return sorted;
}

/** Only for objects whose members are not objects again: looking deeper here would repeat itself on every level. */
function isCanonical(object: Record<string, unknown>, keys: readonly string[]): boolean {
  let previous = '';
  for (const key of keys) {
    const value = object[key];
    if (key < previous || value === undefined || (typeof value === 'object' && value !== null)) return false;
    previous = key;
  }
  return true;
}
