import type { FakeOptions, FakeWecom, SecretKind } from '../server.mjs';

const running: FakeWecom[] = [];

/** Starts a fake that `stopFakes` ends. */
export async function startFake(options?: FakeOptions): Promise<FakeWecom> {
  const { startFakeWecom } = await import('../server.mjs');
  const fake = await startFakeWecom(options);
  running.push(fake);
  return fake;
}

export async function stopFakes() {
  await Promise.all(running.splice(0).map((fake) => fake.close()));
}

export type Answer = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- JSON, as a client gets it

/** Calls the API with the token of one secret. */
export class Client {
  private readonly tokens = new Map<SecretKind, string>();

  constructor(private readonly fake: FakeWecom) {}

  async token(kind: SecretKind): Promise<string> {
    const known = this.tokens.get(kind);
    if (known) return known;
    const { corpId, agentSecret, contactsSecret } = this.fake.corp;
    const answer = await this.plain('gettoken', {
      corpid: corpId,
      corpsecret: kind === 'app' ? agentSecret : contactsSecret,
    });
    if (answer.errcode !== 0) throw new Error(answer.errmsg);
    this.tokens.set(kind, answer.access_token);
    return answer.access_token;
  }

  forgetTokens() {
    this.tokens.clear();
  }

  async app(path: string, query: Answer = {}) {
    return this.plain(path, { ...query, access_token: await this.token('app') });
  }

  async contacts(path: string, query: Answer = {}) {
    return this.plain(path, { ...query, access_token: await this.token('contacts') });
  }

  async post(kind: SecretKind, path: string, body: unknown, query: Answer = {}) {
    const response = await this.raw(path, { ...query, access_token: await this.token(kind) }, JSON.stringify(body));
    return (await response.json()) as Answer;
  }

  /** Without a token. */
  async plain(path: string, query: Answer = {}) {
    return (await (await this.raw(path, query)).json()) as Answer;
  }

  raw(path: string, query: Answer = {}, body?: string) {
    const text = new URLSearchParams(query as Record<string, string>).toString();
    const url = `${this.fake.url}/cgi-bin/${path}${text && `?${text}`}`;
    return fetch(url, body === undefined ? {} : { method: 'POST', body });
  }
}

/** One request of the admin API: its status and its JSON. */
export async function admin(fake: FakeWecom, method: string, path: string, body?: unknown) {
  const response = await fetch(`${fake.url}/admin${path}`, { method, body: body ? JSON.stringify(body) : undefined });
  return { status: response.status, body: (await response.json()) as Answer };
}
