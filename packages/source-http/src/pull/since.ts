import type { Endpoint } from './config';

/** Changes are asked from a little before the last read: clocks differ. */
const OVERLAP_MS = 60_000;

const DAY_MS = 24 * 60 * 60 * 1000;

/** From when the next read asks for changes. `behind`: the other side's clock is so much behind ours, in milliseconds. */
export const nextSince = (began: number, behind: number): number => began - OVERLAP_MS - behind;

/** A read of an endpoint can be one of changes only: its address or its body says since when. */
export const asksForChanges = ({ sinceParameter, method, body }: Endpoint): boolean =>
  sinceParameter !== undefined || (method === 'POST' && /\$since\b/.test(body ?? ''));

/** A time as an endpoint writes it. */
export function sinceText(format: Endpoint['sinceFormat'], time: number): string {
  switch (format) {
    case 'iso':
      return new Date(time).toISOString();
    case 'date':
      // The day before: whose day it is depends on where the other side is, and some mean "after that day".
      return new Date(time - DAY_MS).toISOString().slice(0, 10);
    case 'unix':
      return String(Math.floor(time / 1000));
    case 'unix-ms':
      return String(time);
  }
}
