import { useEffect, useState } from 'react';

/** How long somebody must have stopped typing. */
const PAUSE_MS = 250;

/** The value, once it has stayed the same for a moment. */
export function useDebounced<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
