import { type AdapterContext, type HttpAnswer, RollcallError } from '@rollcall/core';
import type { PullOptions } from './config';
import { statusError } from './status-error';

type Headers = Readonly<Record<string, string>>;

/** How requests show who asks. */
export interface Credentials {
  /** The option that is to blame when they are refused. */
  field: string;
  headers(): Promise<Headers>;
  /** Gets new ones after a refusal. Absent: there are no others. */
  renew?(): void;
}

type Context = Pick<AdapterContext<PullOptions>, 'options' | 'http'>;

export function credentialsOf(context: Context): Credentials {
  const { options } = context;
  const need = (name: 'username' | 'password' | 'token' | 'headerValue' | 'tokenUrl' | 'clientId' | 'clientSecret') => {
    const value = options[name];
    if (value !== undefined && value !== '') return value;
    const way = `the authentication "${options.authentication}" needs it`;
    throw new RollcallError('configuration', `The option "${name}" is empty, and ${way}.`, { field: name });
  };
  const fixed = (field: string, headers: Headers): Credentials => ({ field, headers: () => Promise.resolve(headers) });
  switch (options.authentication) {
    case 'none':
      return fixed('authentication', {});
    case 'basic':
      return fixed('password', { Authorization: basic(need('username'), need('password')) });
    case 'bearer':
      return fixed('token', { Authorization: `Bearer ${need('token')}` });
    case 'header':
      return fixed('headerValue', { [options.headerName]: need('headerValue') });
    case 'oauth2':
      return new ClientCredentials(context, need('tokenUrl'), need('clientId'), need('clientSecret'));
  }
}

function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

/** A token is not used in its last seconds: it may run out on the way. */
const EARLY_MS = 10_000;

/** OAuth2 client credentials (RFC 6749, 4.4). The token is fetched when it is first needed, and again when it ran out. */
class ClientCredentials implements Credentials {
  readonly field = 'clientSecret';
  private token: Promise<{ value: string; until: number }> | undefined;

  constructor(
    private readonly context: Context,
    private readonly url: string,
    private readonly id: string,
    private readonly secret: string,
  ) {}

  async headers(): Promise<Headers> {
    this.token ??= this.fetch();
    if ((await this.token).until < Date.now()) this.token = this.fetch();
    return { Authorization: `Bearer ${(await this.token).value}` };
  }

  renew(): void {
    this.token = undefined;
  }

  private async fetch(): Promise<{ value: string; until: number }> {
    const { options, http } = this.context;
    const form = new URLSearchParams({ ...options.tokenParameters, grant_type: 'client_credentials' });
    if (options.scope !== undefined) form.set('scope', options.scope);
    const inHeader = options.clientAuthentication === 'header';
    if (!inHeader) {
      form.set('client_id', this.id);
      form.set('client_secret', this.secret);
    }
    const answer = await http(this.url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Accept: 'application/json',
        ...(inHeader && { Authorization: basic(encodeURIComponent(this.id), encodeURIComponent(this.secret)) }),
      },
      body: form.toString(),
      timeoutSeconds: options.timeoutSeconds,
      maxBytes: 1024 * 1024,
      // The secret is for this address alone.
      followRedirects: false,
    });
    return this.read(answer);
  }

  private read(answer: HttpAnswer): { value: string; until: number } {
    if (answer.status === 400 || answer.status === 401) throw this.refusal(answer);
    const blame = { what: 'Token', address: 'tokenUrl', credentials: this.field };
    const error = statusError(answer, blame);
    if (error) throw error;
    const { access_token: value, expires_in: seconds } = tokenIn(answer);
    if (typeof value !== 'string' || value === '') throw withoutToken(answer);
    const lasts = Number(seconds);
    // At least for one request, however short it lives.
    const until = lasts > 0 ? Date.now() + Math.max(lasts * 1000 - EARLY_MS, 1000) : Infinity;
    return { value, until };
  }

  /** RFC 6749, 5.2. */
  private refusal(answer: HttpAnswer): RollcallError {
    let code: unknown;
    try {
      code = (Object(answer.json()) as Record<string, unknown>)['error'];
    } catch {
      // The status alone has to do.
      code = undefined;
    }
    const named = typeof code === 'string' && /^[a-z_]{1,60}$/.test(code) ? ` (${code})` : '';
    const { host } = new URL(answer.url);
    const said = `Token: ${host} answered ${answer.status}${named}`;
    if (code === 'invalid_scope') {
      return new RollcallError('configuration', `${said}: it does not give this scope.`, { field: 'scope' });
    }
    return new RollcallError('credentials', `${said}: it does not take the client id or its secret.`, {
      field: this.field,
    });
  }
}

function tokenIn(answer: HttpAnswer): Record<string, unknown> {
  try {
    return Object(answer.json()) as Record<string, unknown>;
  } catch (cause) {
    // A page for people, or nothing at all.
    throw withoutToken(answer, cause);
  }
}

function withoutToken({ url }: HttpAnswer, cause?: unknown): RollcallError {
  const { host } = new URL(url);
  return new RollcallError('bad_answer', `Token: ${host} answered without an access_token.`, {
    field: 'tokenUrl',
    cause,
  });
}
