import type { Endpoint } from './config';

/** A time as an endpoint writes it. */
export function sinceText(format: Endpoint['sinceFormat'], time: number): string {
  switch (format) {
    case 'iso':
      return new Date(time).toISOString();
    case 'date':
      return new Date(time).toISOString().slice(0, 10);
    case 'unix':
      return String(Math.floor(time / 1000));
    case 'unix-ms':
      return String(time);
  }
}
