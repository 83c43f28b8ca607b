import type { HandMadeValues } from './hand-made-values';
import { isDeepStrictEqual } from 'node:util';

export interface Locks {
  /** The locks from now on. */
  locked: string[];
  /** Fields that are free again: what the sources say about them is to be applied. */
  released: string[];
  differs: boolean;
}

/**
 * @param stored the locks so far.
 * @param wanted the locks that the request asks for; undefined: those there are.
 * @param changed fields that the request changes: always locked.
 */
export function newLocks(
  stored: readonly string[],
  wanted: readonly string[] | undefined,
  changed: readonly string[],
): Locks {
  const locked = [...new Set([...(wanted ?? stored), ...changed])];
  const released = stored.filter((field) => !locked.includes(field));
  return { locked, released, differs: released.length > 0 || locked.length !== stored.length };
}

/** Names of the custom fields that really change. */
export function changedCustom(
  stored: Readonly<Record<string, unknown>>,
  { custom, removed }: HandMadeValues,
): string[] {
  return [
    ...Object.keys(custom).filter((name) => !isDeepStrictEqual(custom[name], stored[name])),
    ...removed.filter((name) => Object.hasOwn(stored, name)),
  ];
}
