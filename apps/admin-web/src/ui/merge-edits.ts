import { deepEquals } from '@rjsf/utils';

/**
 * What is to be stored when somebody began with `base` and made `mine` of it, while others made `theirs`: whatever was not
 * touched here is theirs. Lists and texts are taken whole.
 */
export function mergeEdits<T>(base: T, mine: T, theirs: T): T {
  if (deepEquals(base, mine)) return theirs;
  if (!isObject(base) || !isObject(mine) || !isObject(theirs)) return mine;
  const names = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const touched = !deepEquals(base[name], mine[name]);
      const from = touched ? mine : theirs;
      return name in from ? [[name, touched ? mergeEdits(base[name], mine[name], theirs[name]) : theirs[name]]] : [];
    }),
  ) as T;
}

/**
 * Whether something that was made of `base` here (`mine`) has become something else elsewhere, too, since it was looked at as `seen`.
 */
export function isOvertaken<T>(base: T, mine: T, seen: T, theirs: T): boolean {
  if (deepEquals(base, mine) || deepEquals(seen, theirs) || deepEquals(mine, theirs)) return false;
  if (![base, mine, seen, theirs].every(isObject)) return true;
  const [from, own, known, now] = [base, mine, seen, theirs] as Record<string, unknown>[];
  return Object.keys({ ...own, ...now }).some((name) =>
    isOvertaken(from?.[name], own?.[name], known?.[name], now?.[name]),
  );
}

/** Of some settings those that differ from what is stored. */
export function differing<T extends object>(stored: T, settings: T): Partial<T> {
  const names = Object.keys(settings) as (keyof T)[];
  return Object.fromEntries(
    names.filter((name) => !deepEquals(stored[name], settings[name])).map((name) => [name, settings[name]]),
  ) as Partial<T>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
