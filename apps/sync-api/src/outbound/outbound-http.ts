import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { OnApplicationShutdown } from '@nestjs/common';
import { type HttpAnswer, type HttpClient, type HttpRequest, isRollcallError, RollcallError } from '@rollcall/core';
import { httpAnswer } from '@rollcall/core/checks';
import { type Dispatcher, EnvHttpProxyAgent, request as send } from 'undici';
import { AddressGuard, type Resolve, resolveBySystem } from './address-guard';
import type { AddressRules } from './address-rules';
import { ACCEPTED_ENCODINGS, collect, unpack } from './body';
import { withDeadline } from './deadline';
import { codeOf, networkReason } from './network-reason';
import { MAX_REDIRECTS, redirected, redirectOf, type Step } from './redirects';
import { readAddress } from './web-address';

const DEFAULT_SECONDS = 30;
const MAX_SECONDS = 300;
const DEFAULT_BYTES = 32 * 1024 * 1024;

/** What the operator says about requests to other systems. */
export interface OutboundSettings {
  addressRules: AddressRules;
  /** Carries what goes to https:// addresses. The operator's own, so it may be a private address. */
  httpsProxy: string | undefined;
  /** Hosts that are asked without it, as in NO_PROXY. */
  noProxy: string | undefined;
}

/** Everything that adapters ask of other systems goes through here: the operator's rules, one pool of connections. */
export class OutboundHttp implements OnApplicationShutdown {
  private readonly guard: AddressGuard;
  private readonly dispatcher: Dispatcher;

  /** `resolve` stands in for the system's resolver. */
  constructor(
    private readonly settings: OutboundSettings,
    resolve: Resolve = resolveBySystem,
  ) {
    this.guard = new AddressGuard(settings.addressRules, resolve);
    this.dispatcher = new EnvHttpProxyAgent({
      connect: this.guard.connector(),
      // Empty, not absent: undici would look into the environment.
      httpProxy: '',
      httpsProxy: settings.httpsProxy ?? '',
      noProxy: settings.noProxy ?? '',
      // The time limit of each request is kept for the whole of it.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** The client of an adapter that is told to stop by `signal`. */
  client(signal: AbortSignal): HttpClient {
    return async (address, request = {}) => {
      const url = readAddress(address, 'The address');
      const seconds = Math.min(request.timeoutSeconds ?? DEFAULT_SECONDS, MAX_SECONDS);
      const late = (): Error => new RollcallError('network', `${url.host} did not answer within ${seconds} seconds.`);
      return withDeadline({ seconds, signal, late }, (stop) => this.follow(firstStep(url, request), request, stop));
    };
  }

  /** Not before: whoever is stopped may have something to say to the other side. */
  async onApplicationShutdown(): Promise<void> {
    await this.dispatcher.destroy();
  }

  private async follow(first: Step, request: HttpRequest, stop: AbortSignal): Promise<HttpAnswer> {
    let step = first;
    for (let redirects = 0; ; redirects++) {
      const { answer, location } = await this.exchange(step, request, stop);
      if (location === undefined) return answer;
      if (redirects === MAX_REDIRECTS) {
        throw new RollcallError(
          'bad_answer',
          `${first.url.host} redirects in circles, or more than ${MAX_REDIRECTS} times.`,
        );
      }
      step = redirected(step, answer.status, location);
    }
  }

  /** Sends one request and reads its answer; of one that redirects, only where to. */
  private async exchange(
    step: Step,
    { followRedirects = true, maxBytes = DEFAULT_BYTES }: HttpRequest,
    stop: AbortSignal,
  ): Promise<{ answer: HttpAnswer; location: string | undefined }> {
    const { url, method, headers, body } = step;
    try {
      if (this.settings.httpsProxy && url.protocol === 'https:') await this.guard.requireForProxy(url.hostname);
      const { dispatcher } = this;
      const got = await send(url, { dispatcher, method, headers, body: body ?? null, signal: stop });
      const { statusCode: status } = got;
      const said = joined(got.headers);
      const location = followRedirects ? redirectOf(status, said) : undefined;
      if (location !== undefined) {
        await got.body.dump({ limit: 64 * 1024, signal: stop });
        return { answer: httpAnswer(url, status, said, Buffer.alloc(0)), location };
      }
      const packed = await collect(got.body, maxBytes, url.host);
      const whole = await unpack(packed, said['content-encoding'] ?? '', maxBytes, url.host);
      return { answer: httpAnswer(url, status, said, whole), location };
    } catch (error) {
      if (stop.aborted) throw stop.reason as Error;
      throw failureOf(url, error);
    }
  }
}

function firstStep(url: URL, { method = 'GET', headers = {}, body }: HttpRequest): Step {
  const given = Object.entries(headers).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    checked(name, value),
  ]);
  const asked = { 'user-agent': 'Rollcall', 'accept-encoding': ACCEPTED_ENCODINGS };
  return { url, method: method.toUpperCase(), headers: { ...asked, ...Object.fromEntries(given) }, body };
}

function checked(name: string, value: string): string {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return value;
  } catch {
    throw new RollcallError(
      'configuration',
      `The header "${name.slice(0, 60)}" holds characters that HTTP does not allow.`,
    );
  }
}

/** By lower-case name, several of one name joined. */
function joined(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

function failureOf(url: URL, error: unknown): Error {
  if (isRollcallError(error)) return error;
  const code = codeOf(error);
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') {
    return new RollcallError(
      'configuration',
      `${url.host} cannot be asked in this way: look at the method and the headers.`,
    );
  }
  return new RollcallError('network', networkReason(url.host, error));
}
