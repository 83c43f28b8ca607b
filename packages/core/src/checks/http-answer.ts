import { RollcallError } from '../errors';
import type { HttpAnswer } from '../http';

/** An answer, however it came about. `json` throws `bad_answer`, which quotes nothing of it. */
export function httpAnswer(
  url: URL,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): HttpAnswer {
  // Without a byte order mark, which JSON does not know.
  const text = (): string => new TextDecoder().decode(body);
  return {
    status,
    headers,
    url: url.href,
    body,
    retryAfter: secondsOf(headers['retry-after']),
    text,
    json: () => {
      try {
        return JSON.parse(text()) as unknown;
      } catch {
        // The reason would quote the answer.
        const type = headers['content-type']?.split(';')[0]?.trim();
        const what = body.length === 0 ? 'nothing' : 'something that is not JSON';
        throw new RollcallError(
          'bad_answer',
          `${url.host} answered ${what}, with status ${status}${type === undefined ? '' : ` and type ${type}`}.`,
        );
      }
    },
  };
}

/** Seconds, or a date as seconds from now; undefined for anything else. */
function secondsOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}
