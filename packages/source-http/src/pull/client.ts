import { setTimeout as sleep } from 'node:timers/promises';
import { type AdapterContext, type HttpAnswer, RollcallError } from '@rollcall/core';
import type { PullOptions } from './config';
import { type Credentials, credentialsOf } from './credentials';
import { type Blame, statusError } from './status-error';

/** One page to ask for. */
export interface PageRequest {
  url: URL;
  method: 'GET' | 'POST';
  /** JSON text. */
  body?: string;
}

/** Asks for pages: shows the credentials, keeps to the rate, and turns every status that is no success into an error. */
export class Client {
  /** By how many milliseconds the other side's clock is behind ours, as far as its answers tell. */
  behind = 0;
  private readonly credentials: Credentials;
  private notBefore = 0;

  constructor(private readonly context: Pick<AdapterContext<PullOptions>, 'options' | 'http' | 'signal'>) {
    this.credentials = credentialsOf(context);
  }

  /**
   * Throws what the status stands for. A token that is refused is fetched anew, once a page. An answer from another host,
   * which was not shown the credentials, is none: it may leave out whatever is not for everybody.
   */
  async ask(request: PageRequest, blame: Omit<Blame, 'credentials'>): Promise<HttpAnswer> {
    let answer = await this.send(request, blame);
    if (answer.status === 401 && this.credentials.renew) {
      this.credentials.renew();
      answer = await this.send(request, blame);
    }
    const error = statusError(answer, { ...blame, credentials: this.credentials.field });
    if (error) throw error;
    return answer;
  }

  private requireSameHost(url: URL, answer: HttpAnswer, { what, address }: Omit<Blame, 'credentials'>): void {
    const { authentication, headers } = this.context.options;
    const { origin } = new URL(answer.url);
    if (origin === url.origin || (authentication === 'none' && headers.length === 0)) return;
    throw new RollcallError(
      'configuration',
      `${what}: ${url.host} redirects to ${origin}, which is not shown the credentials and headers that are meant for the first; enter the new address.`,
      { field: address },
    );
  }

  private async send({ url, method, body }: PageRequest, blame: Omit<Blame, 'credentials'>): Promise<HttpAnswer> {
    const { options, http } = this.context;
    const credentials = await this.credentials.headers();
    await this.waitForTurn();
    const asked = Date.now();
    const answer = await http(url, {
      method,
      headers: {
        Accept: 'application/json',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...Object.fromEntries(options.headers.map(({ name, value }) => [name, value])),
        ...credentials,
      },
      ...(body !== undefined && { body }),
      timeoutSeconds: options.timeoutSeconds,
      maxBytes: options.maxMegabytes * 1024 * 1024,
    });
    this.requireSameHost(url, answer, blame);
    // Told in whole seconds. Not told, or not readable: NaN, which is not more than anything.
    const behind = asked - (Date.parse(answer.headers['date'] ?? '') + 999);
    if (behind > this.behind) this.behind = behind;
    return answer;
  }

  private async waitForTurn(): Promise<void> {
    const { options, signal } = this.context;
    if (options.requestsPerMinute === undefined) return;
    const pause = this.notBefore - Date.now();
    this.notBefore = Math.max(this.notBefore, Date.now()) + 60_000 / options.requestsPerMinute;
    if (pause > 0) await sleep(pause, undefined, { signal });
  }
}
