import { useEffect, useRef } from 'react';

/** Longer than it takes until what a click has begun shows as busy. */
const UNSEEN_MS = 50;

/**
 * Tells the second click of a double click, which would begin the same once more: between the first one and `busy` there is a moment in
 * which nothing shows yet. Returns whether a click is the first.
 */
export function useSingle(busy: boolean): () => boolean {
  const begun = useRef(false);
  useEffect(() => {
    begun.current = false;
  }, [busy]);
  return () => {
    if (begun.current || busy) return false;
    begun.current = true;
    setTimeout(() => {
      begun.current = false;
    }, UNSEEN_MS);
    return true;
  };
}
