import type { HttpAnswer, HttpClient, HttpRequest } from '../http';
import { RollcallError } from '../errors';
import { type Fault, type FaultKind, RETRY_AFTER } from './faults';
import { httpAnswer } from '../checks/http-answer';
import { testHttpClient, webAddress } from './http-client';
import { asKit } from './leftovers';

/** The HTTP client that an adapter under test is handed: it counts, and puts a fault in. */
export class HttpLine {
  /** When each of them was, by `performance.now()`. */
  readonly askedAt: number[] = [];
  /** When the fault was put in for the first time. */
  hitAt = Infinity;
  /** Settles when the fault is put in for the first time. */
  readonly hit: Promise<void>;
  private hits = 0;
  private wasHit: () => void = () => undefined;

  constructor(
    private readonly signal: AbortSignal,
    private readonly fault?: Fault,
    private readonly real: HttpClient = testHttpClient(signal),
  ) {
    this.hit = new Promise((resolve) => (this.wasHit = resolve));
  }

  /** Requests that were asked for. */
  get asked(): number {
    return this.askedAt.length;
  }

  readonly client: HttpClient = async (address, request) => {
    this.askedAt.push(performance.now());
    this.signal.throwIfAborted();
    const { fault, real } = this;
    if (!fault || this.asked < fault.at || this.hits >= (fault.times ?? Infinity))
      return asKit(() => real(address, request));
    if (this.hits++ === 0) this.hitAt = performance.now();
    this.wasHit();
    return this.faulted(fault.kind, webAddress(address), request, () => asKit(() => real(address, request)));
  };

  private async faulted(
    kind: FaultKind,
    url: URL,
    request: HttpRequest | undefined,
    ask: () => Promise<HttpAnswer>,
  ): Promise<HttpAnswer> {
    switch (kind) {
      case 'busy':
        return answered(url, 429, '{"error": "slow down"}', { 'retry-after': String(RETRY_AFTER) });
      case 'server-error':
        return answered(url, 500, '{"error": "internal"}');
      case 'reset':
        throw new RollcallError('network', `${url.host} cannot be reached: the connection broke off.`);
      case 'timeout':
        throw new RollcallError('network', `${url.host} did not answer within 30 seconds.`);
      case 'truncated': {
        const { status, headers, body } = await ask();
        return httpAnswer(url, status, headers, body.subarray(0, Math.floor(body.length / 2)));
      }
      case 'html':
        return answered(url, 200, '<!DOCTYPE html><title>Sign in</title>', { 'content-type': 'text/html' });
      case 'silence':
        return new Promise((_resolve, reject) => {
          const stop = (): void => reject(this.signal.reason as Error);
          this.signal.addEventListener('abort', stop, { once: true });
        });
      case 'echo':
      case 'echo-refusal':
        return answered(url, kind === 'echo' ? 500 : 400, quoted(url, request));
    }
  }
}

function answered(url: URL, status: number, body: string, headers: Record<string, string> = {}): HttpAnswer {
  return httpAnswer(url, status, { 'content-type': 'application/json', ...headers }, Buffer.from(body));
}

/** As servers do that were made to find mistakes. */
function quoted(url: URL, { headers, body }: HttpRequest = {}): string {
  return JSON.stringify({
    error: 'bad request',
    message: `${url.href} ${JSON.stringify(headers)} ${String(body ?? '')}`,
  });
}
