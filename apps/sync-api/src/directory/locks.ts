import type { HandMadeValues } from './hand-made-values';
import { isDeepStrictEqual } from 'node:util';

export interface Locks {
  /** The locks from now on. */
  locked: string[];
  /** Fields that are free again: what the sources say about them is to be applied. */
  released: string[];
  differs: boolean;
}

/** Which fields a request wants to be locked. */
export interface WantedLocks {
  /** All of them; undefined: those there are. */
  lockedFields?: string[];
  /** Besides. */
  lock?: string[];
  /** Not any more. */
  unlock?: string[];
}

/**
 * @param stored the locks so far.
 * @param wanted what the request asks for.
 * @param changed fields that the request changes: always locked.
 */
export function newLocks(
  stored: readonly string[],
  { lockedFields, lock = [], unlock = [] }: WantedLocks,
  changed: readonly string[],
): Locks {
  const kept = [...(lockedFields ?? stored), ...lock].filter((field) => !unlock.includes(field));
  const locked = [...new Set([...kept, ...changed])];
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
