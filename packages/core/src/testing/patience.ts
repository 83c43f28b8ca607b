import { setTimeout as sleep } from 'node:timers/promises';

/** Whether work is over within so many milliseconds. Leaves no timer behind, unlike a race. */
export async function overWithin(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      work.then(() => true),
      // Ended before its time, nobody looks at it any more.
      sleep(milliseconds, false, { signal: timer.signal }).catch(() => false),
    ]);
  } finally {
    timer.abort();
  }
}
