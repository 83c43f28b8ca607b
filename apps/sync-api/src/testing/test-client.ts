/** An answer, read to its end. `body` is parsed when it is JSON, else it is text. */
export interface TestAnswer {
  status: number;
  // Tests look at answers as a client in a language without types would.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
  body: any;
  headers: Headers;
}

export interface TestRequest {
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  rawBody?: string | Uint8Array;
}

/** A thin wrapper around fetch that keeps its credentials. */
export class TestClient {
  constructor(
    readonly url: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** The same client with more headers on every request. */
  with(headers: Record<string, string>): TestClient {
    return new TestClient(this.url, { ...this.headers, ...headers });
  }

  async signIn(username: string, password: string): Promise<TestClient> {
    const answer = await this.post('/api/auth/sign-in', { username, password });
    if (answer.status !== 200) throw new Error(`Signing in as ${username} failed: ${JSON.stringify(answer.body)}`);
    return this.with({ Cookie: cookieOf(answer) });
  }

  get(path: string, headers?: Record<string, string>): Promise<TestAnswer> {
    return this.request('GET', path, { headers });
  }

  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer> {
    return this.request('POST', path, { body, headers });
  }

  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer> {
    return this.request('PUT', path, { body, headers });
  }

  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer> {
    return this.request('PATCH', path, { body, headers });
  }

  delete(path: string, headers?: Record<string, string>): Promise<TestAnswer> {
    return this.request('DELETE', path, { headers });
  }

  async request(method: string, path: string, { headers, body, rawBody }: TestRequest = {}): Promise<TestAnswer> {
    const json: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const response = await fetch(this.url + path, {
      method,
      headers: { ...this.headers, ...json, ...headers },
      body: body === undefined ? rawBody : JSON.stringify(body),
      redirect: 'manual',
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      body: isJson && text !== '' ? JSON.parse(text) : text,
      headers: response.headers,
    };
  }
}

/** The `name=value` of the cookie that an answer sets. */
export function cookieOf(answer: TestAnswer): string {
  return (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}
