import { useRef } from 'react';

/** So long what a click has begun may not show as busy yet. */
const UNSEEN_MS = 100;

/** Whether this is the first click of what may be a double click. */
export function useSingle(): () => boolean {
  const last = useRef(-Infinity);
  return () => {
    const now = performance.now();
    const single = now - last.current > UNSEEN_MS;
    last.current = now;
    return single;
  };
}
