import { type Dispatch, type SetStateAction, useCallback, useEffect, useState } from 'react';

/** In memory only: a draft may hold a secret, and secrets are not for the browser's storage. */
const drafts = new Map<string, unknown>();

/** Somebody else sits here now: what was typed before is not theirs to see. */
export function forgetDrafts(): void {
  drafts.clear();
}

/**
 * State of a form that outlives the page: when the session ends in mid-form, what was typed is still there after signing
 * in again. Call the third function once it is saved or given up.
 */
export function useDraft<T>(key: string, initial: T): [T, Dispatch<SetStateAction<T>>, () => void] {
  const [value, setValue] = useState<T>(() => (drafts.has(key) ? (drafts.get(key) as T) : initial));
  useEffect(() => {
    if (value !== initial) drafts.set(key, value);
  }, [key, value, initial]);
  const forget = useCallback(() => void drafts.delete(key), [key]);
  return [value, setValue, forget];
}
