import { setTimeout as sleep } from 'node:timers/promises';
import type { AdapterContext, HttpAnswer } from '@rollcall/core';
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
  private readonly credentials: Credentials;
  private notBefore = 0;

  constructor(private readonly context: Pick<AdapterContext<PullOptions>, 'options' | 'http' | 'signal'>) {
    this.credentials = credentialsOf(context);
  }

  /** Throws what the status stands for. A token that is refused is fetched anew, once a page. */
  async ask(request: PageRequest, blame: Omit<Blame, 'credentials'>): Promise<HttpAnswer> {
    let answer = await this.send(request);
    if (answer.status === 401 && this.credentials.renew) {
      this.credentials.renew();
      answer = await this.send(request);
    }
    const error = statusError(answer, { ...blame, credentials: this.credentials.field });
    if (error) throw error;
    return answer;
  }

  private async send({ url, method, body }: PageRequest): Promise<HttpAnswer> {
    const { options, http } = this.context;
    const credentials = await this.credentials.headers();
    await this.waitForTurn();
    return http(url, {
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
  }

  private async waitForTurn(): Promise<void> {
    const { options, signal } = this.context;
    if (options.requestsPerMinute === undefined) return;
    const pause = this.notBefore - Date.now();
    this.notBefore = Math.max(this.notBefore, Date.now()) + 60_000 / options.requestsPerMinute;
    if (pause > 0) await sleep(pause, undefined, { signal });
  }
}
