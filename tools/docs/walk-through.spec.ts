import { insertApiKey } from '../../apps/sync-api/src/auth/new-api-key.ts';
import { ADMIN_PASSWORD, type TestApp, startTestApp } from '../../apps/sync-api/src/testing/start-test-app.ts';
import { type TestAnswer, cookieOf } from '../../apps/sync-api/src/testing/test-client.ts';
import type * as Checks from './checks.mjs';

/** The commands of these pages are sent to a real service, as somebody would who follows them from top to bottom. */
const PAGES = [
  'http-api/README',
  'push',
  'http-api/snapshots',
  'sources',
  'fr/push',
  'fr/sources',
  'zh/push',
  'zh/sources',
];

let checks: typeof Checks;
let rollcall: TestApp;
let keys: Record<string, string>;
let cookie = '';

beforeAll(async () => {
  checks = await import('./checks.mjs');
  rollcall = await startTestApp();
  const key = async (scope: 'push' | 'read' | 'admin'): Promise<string> => {
    const made = await insertApiKey(rollcall.pool, { name: scope, scopes: [scope], sourceId: null, expiresAt: null });
    return made.token;
  };
  keys = { ROLLCALL_KEY: await key('push'), READ_KEY: await key('read'), ADMIN_KEY: await key('admin') };
}, 120_000);

afterAll(() => rollcall.close());

test.each(PAGES)(
  'what docs/%s.md says works',
  async (page) => {
    const requests = checks.requestsOf(`docs/${page}.md`);
    expect(requests).not.toEqual([]);
    for (const request of requests) {
      const { status, body } = await send(request);
      const refused = status >= 400 ? `${request.method} ${request.path}: ${JSON.stringify(body)}` : undefined;
      expect(refused).toBeUndefined();
      if (request.path.endsWith(':push') && status === 200) expect(body.data.status).toBe('succeeded');
    }
  },
  60_000,
);

/** As curl would: on a connection of its own, and with a body that is said to be a form unless a header says otherwise. */
async function send({ method, path, query, headers, body }: Checks.CurlRequest): Promise<TestAnswer> {
  const given = headers.map((line) => line.replace(/\$(\w+)/, (_all, name: string) => keys[name] ?? ''));
  const signedIn = cookie !== '' && !given.some((line) => line.startsWith('Authorization'));
  const answer = await rollcall.anonymous.request(method, `${path}${query}`, {
    headers: {
      Connection: 'close',
      ...(body !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      ...(signedIn && { Cookie: cookie }),
      ...Object.fromEntries(given.map((line) => line.split(/: (.*)/).slice(0, 2))),
    },
    ...(body !== undefined && { rawBody: body.replace('"password": "…"', `"password": "${ADMIN_PASSWORD}"`) }),
  });
  cookie = cookieOf(answer) || cookie;
  return answer;
}
