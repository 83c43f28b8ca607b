import { ADMIN_PASSWORD, type TestApp, startTestApp } from '../../apps/sync-api/src/testing/start-test-app';
import { insertApiKey } from '../../apps/sync-api/src/auth/new-api-key';
import type { CurlRequest } from './checks.mjs';

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

let rollcall: TestApp;
let keys: Record<string, string>;
let cookie = '';

beforeAll(async () => {
  rollcall = await startTestApp();
  const key = async (scope: 'push' | 'read' | 'admin'): Promise<string> => {
    const made = await insertApiKey(rollcall.pool, { name: scope, scopes: [scope], sourceId: null, expiresAt: null });
    return made.token;
  };
  keys = { ROLLCALL_KEY: await key('push'), READ_KEY: await key('read'), ADMIN_KEY: await key('admin') };
}, 60_000);

afterAll(() => rollcall.close());

test.each(PAGES)(
  'what docs/%s.md says works',
  async (page) => {
    const { requestsOf } = await import('./checks.mjs');
    const requests = requestsOf(`docs/${page}.md`);
    expect(requests).not.toEqual([]);
    for (const request of requests) {
      const answer = await send(request);
      const said = await answer.text();
      expect([request.method, request.path, answer.ok, answer.ok || said]).toEqual([
        request.method,
        request.path,
        true,
        true,
      ]);
      if (request.path.endsWith(':push') && answer.status === 200)
        expect(JSON.parse(said).data.status).toBe('succeeded');
    }
  },
  60_000,
);

/** As curl would, which takes a body for a form unless it is told otherwise. */
async function send({ method, path, query, headers, body }: CurlRequest): Promise<Response> {
  const given = headers.map((line) => line.replace(/\$(\w+)/, (_all, name: string) => keys[name] ?? ''));
  const answer = await fetch(rollcall.url + path + query, {
    method,
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      ...Object.fromEntries(given.map((line) => line.split(/: (.*)/).slice(0, 2))),
      ...(!given.some((line) => line.startsWith('Authorization')) && cookie && { Cookie: cookie }),
    },
    ...(body !== undefined && { body: body.replace('"password": "…"', `"password": "${ADMIN_PASSWORD}"`) }),
  });
  cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
  return answer;
}
