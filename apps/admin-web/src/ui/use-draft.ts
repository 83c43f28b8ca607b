import { deepEqual } from '@tanstack/react-router';
import { type Dispatch, type SetStateAction, useCallback, useEffect, useState } from 'react';

/** In memory only: a draft may hold a secret, and secrets are not for the browser's storage. */
const drafts = new Map<string, unknown>();

/** As long as there is a draft, on whichever page, a browser asks before a reload throws it away. */
const ask = (event: BeforeUnloadEvent): void => event.preventDefault();

function keep(key: string, draft: unknown): void {
  drafts.set(key, draft);
  window.addEventListener('beforeunload', ask);
}

function drop(key: string): void {
  drafts.delete(key);
  if (drafts.size === 0) window.removeEventListener('beforeunload', ask);
}

/** Whether something is typed there that was neither saved nor given up: the form that the page's end closed opens again. */
export const hasDraft = (key: string): boolean => drafts.has(key);

/** Somebody else sits here now: what was typed before is not theirs to see. */
export function forgetDrafts(): void {
  for (const key of drafts.keys()) drop(key);
}

/**
 * State of a form that outlives the page: what was typed is still there after a look at another page, and after signing in
 * again when the session ended in mid-form; `resume` says what becomes of it then. Call the third function once it is saved or given up.
 */
export function useDraft<T>(
  key: string,
  initial: T,
  resume: (kept: T) => T = (kept) => kept,
): [T, Dispatch<SetStateAction<T>>, () => void] {
  const [value, setValue] = useState<T>(() => (drafts.has(key) ? resume(drafts.get(key) as T) : initial));
  useEffect(() => {
    if (deepEqual(value, initial)) drop(key);
    else keep(key, value);
  }, [key, value, initial]);
  const forget = useCallback(() => drop(key), [key]);
  return [value, setValue, forget];
}
