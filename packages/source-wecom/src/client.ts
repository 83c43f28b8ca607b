import {
  type AdapterContext,
  type AdapterLogger,
  type HttpClient,
  isRollcallError,
  RollcallError,
} from '@rollcall/core';
import { type Answer, readAnswer } from './answer';
import { DEFAULT_CONCURRENCY, DEFAULT_RATE, type SecretOption, VENDOR_API, type WecomOptions } from './config';
import {
  BAD_SECRET,
  BAD_TOKEN,
  BUSY,
  errcodeOf,
  pausedError,
  strangeAnswer,
  TOKEN_EXPIRED,
  TOO_CROWDED,
  TOO_MANY_CALLS,
  VERSION_CONFLICT,
  WecomError,
} from './errors';
import { pause } from './pace';
import { type SecretState, secretState } from './secret-states';
import type { NewToken } from './tokens';

/** How long to wait before the next try, in milliseconds; shorter in tests. */
export interface Timing {
  /** After the first failure; doubled after each further one, with up to half of it added by chance. */
  backoff: number;
  /** How long WeCom blocks who called too often. */
  block: number;
}

export const VENDOR_TIMING: Timing = { backoff: 1_000, block: 60_000 };

/** In seconds: WeCom takes its time for the list of all departments of a large company. */
const SLOWEST_ANSWER = 120;

/** Tries after the first one, by what went wrong. */
const RETRIES = { busy: 3, crowded: 8, limit: 2, token: 1 };

type Trouble = keyof typeof RETRIES;
type Spent = Record<Trouble, number>;

interface Settings {
  http: HttpClient;
  signal: AbortSignal;
  logger: AdapterLogger;
  state: SecretState;
  api: string;
  corpId: string;
  secret: string;
  timing: Timing;
  /** Somebody waits for the answer: what takes longer than a moment is an error at once, and a refused secret is tried again. */
  impatient: boolean;
  concurrency: number;
}

/**
 * Calls WeCom with one secret: gets the token, keeps to the pace, tries again what passes. Throws a `WecomError`, or what
 * `context.http` throws; neither holds a token or a secret.
 */
export class WecomClient {
  constructor(
    readonly secretOption: SecretOption,
    private readonly settings: Settings,
  ) {}

  /** So many calls may be asked for at a time; more only wait. */
  get concurrency(): number {
    return this.settings.concurrency;
  }

  get(path: string, query: Readonly<Record<string, string | number>> = {}): Promise<Answer> {
    return this.call(path, query);
  }

  post(path: string, body: Readonly<Record<string, unknown>>): Promise<Answer> {
    return this.call(path, {}, body);
  }

  private async call(path: string, query: Readonly<Record<string, string | number>>, body?: object): Promise<Answer> {
    const spent = nothingSpent();
    for (;;) {
      const token = await this.token();
      try {
        return await this.ask(path, { access_token: token, ...query }, body);
      } catch (error) {
        await this.recover(error, spent, token);
      }
    }
  }

  private token(): Promise<string> {
    const { state, signal, impatient } = this.settings;
    return state.tokens.get(() => this.newToken(), signal, impatient);
  }

  private async newToken(): Promise<NewToken> {
    const { corpId, secret, state } = this.settings;
    const spent = nothingSpent();
    for (;;) {
      try {
        const answer = await this.ask('gettoken', { corpid: corpId, corpsecret: secret });
        const { access_token: token, expires_in: expiresIn } = answer;
        if (typeof token !== 'string' || token === '') {
          throw strangeAnswer('bad_answer', 'WeCom answered without an access token', 'gettoken');
        }
        return { token, expiresIn: typeof expiresIn === 'number' && expiresIn > 0 ? expiresIn : 7200 };
      } catch (error) {
        if (error instanceof WecomError && error.errcode === BAD_SECRET) state.tokens.refuse(error);
        await this.recover(error, spent);
      }
    }
  }

  private async ask(path: string, query: Readonly<Record<string, string | number>>, body?: object): Promise<Answer> {
    const { api, http, signal, state, impatient } = this.settings;
    const url = new URL(`${api}/cgi-bin/${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const request = {
      ...(body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      // The token is part of the address: it goes nowhere but there.
      followRedirects: false,
      timeoutSeconds: impatient ? 10 : SLOWEST_ANSWER,
    };
    const { paused } = state.pace;
    if (impatient && paused) throw pausedError(paused, this.secretOption);
    const answer = await state.pace.run(signal, () => http(url, request));
    return readAnswer(answer, path, this.secretOption);
  }

  /** Waits until the call can be tried again; throws the error when it cannot. */
  private async recover(error: unknown, spent: Spent, token?: string): Promise<void> {
    const { logger, signal, state, timing, impatient } = this.settings;
    const trouble = troubleOf(error);
    if (!trouble || signal.aborted || spent[trouble] >= RETRIES[trouble]) throw this.final(error);
    const tries = spent[trouble]++;
    switch (trouble) {
      case 'token':
        // Asked at most once in a while for a secret that is called wrong: an address that keeps trying is blocked.
        if (token === undefined || (errcodeOf(error) === BAD_SECRET && !state.tokens.mayDoubtSecret())) throw error;
        state.tokens.drop(token);
        return;
      case 'limit':
        if (impatient) throw error;
        logger.warn('WeCom was called too often; all calls with this secret wait', { seconds: timing.block / 1000 });
        state.pace.pause(timing.block * (1 + Math.random() / 20));
        return;
      case 'crowded':
        state.pace.narrow();
        return pause(timing.backoff * (0.5 + Math.random()), signal);
      case 'busy':
        if (impatient && tries > 0) throw error;
        return pause(timing.backoff * 2 ** tries * (1 + Math.random() / 2), signal);
    }
  }

  /** An address that may not be called is the fault of that option. */
  private final(error: unknown): unknown {
    if (!isRollcallError(error) || error.code !== 'configuration' || error.field !== undefined) return error;
    return new RollcallError('configuration', error.message, { field: 'apiBaseUrl', cause: error });
  }
}

const nothingSpent = (): Spent => ({ busy: 0, crowded: 0, limit: 0, token: 0 });

function troubleOf(error: unknown): Trouble | undefined {
  switch (errcodeOf(error)) {
    case BAD_TOKEN:
    case TOKEN_EXPIRED:
    case BAD_SECRET:
      return 'token';
    case TOO_MANY_CALLS:
      return 'limit';
    case TOO_CROWDED:
      return 'crowded';
    case BUSY:
    case VERSION_CONFLICT:
      return 'busy';
    case undefined:
      return isRollcallError(error) && error.code === 'network' ? 'busy' : undefined;
    default:
      return undefined;
  }
}

/** What calls WeCom: one client for each secret that there is. */
export interface Clients {
  app?: WecomClient;
  contacts?: WecomClient;
}

export function connect(
  { http, signal, logger, options }: AdapterContext<WecomOptions>,
  timing: Timing,
  impatient = false,
): Clients {
  const { corpId, ratePerMinute = DEFAULT_RATE, concurrency = DEFAULT_CONCURRENCY } = options;
  const api = (options.apiBaseUrl ?? VENDOR_API).replace(/\/+$/, '').replace(/\/cgi-bin$/, '');
  const client = (secretOption: SecretOption): WecomClient | undefined => {
    const secret = options[secretOption];
    if (secret === undefined) return undefined;
    const state = secretState(api, corpId, secret, { ratePerMinute, concurrency });
    return new WecomClient(secretOption, {
      ...{ http, signal, logger, state, api, corpId, secret, timing, impatient, concurrency },
    });
  };
  const app = client('agentSecret');
  const contacts = client('contactsSecret');
  return { ...(app && { app }), ...(contacts && { contacts }) };
}
