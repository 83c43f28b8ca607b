import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request as rawRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type TestApp, startTestApp } from '../testing/start-test-app';
import type { TestAnswer, TestClient } from '../testing/test-client';

const PUSH = '/api/userData:push';

let rollcall: TestApp;
let web: string;
let key: TestClient;

beforeAll(async () => {
  web = mkdtempSync(join(tmpdir(), 'rollcall-web-'));
  mkdirSync(join(web, 'assets'));
  writeFileSync(join(web, 'index.html'), '<!doctype html><title>Rollcall</title>');
  writeFileSync(join(web, 'assets/app-Zk3v.js'), 'export {};');
  writeFileSync(join(web, 'assets/big-Yq8w.js'), 'export const text = 1;');
  writeFileSync(join(web, 'assets/big-Yq8w.js.gz'), gzipSync('export const text = 1;'));
  writeFileSync(join(web, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  rollcall = await startTestApp({
    ROLLCALL_ADMIN_WEB: web,
    ROLLCALL_CORS_ORIGINS: 'https://portal.example',
    ROLLCALL_TRUST_PROXY: 'loopback',
  });
  key = await rollcall.key(['push']);
});

afterAll(async () => {
  await rollcall.close();
  rmSync(web, { recursive: true, force: true });
});

/** Sends bytes as they are and reads the answer until the server closes. */
function exchange(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(rollcall.url).port), '127.0.0.1');
  socket.end(bytes);
  return text(socket);
}

describe('problems', () => {
  test('look the same everywhere, and carry the id of the request', async () => {
    const answer = await rollcall.admin.get('/api/tasks/424242', { 'X-Request-Id': 'my-id-1' });
    expect(answer).toMatchObject({ status: 404 });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers.get('x-request-id')).toBe('my-id-1');
    expect(answer.body).toEqual({
      type: 'urn:rollcall:problem:not_found',
      title: 'Not found',
      status: 404,
      code: 'not_found',
      detail: expect.stringContaining('424242'),
      requestId: 'my-id-1',
    });
  });

  test.each([
    ['an address that does not exist', 'GET', '/api/nothing', 404],
    ['the bare prefix', 'GET', '/api', 404],
    ['a method that a route does not have', 'DELETE', '/api/tasks', 404],
    ['an id that is none', 'GET', '/api/tasks/1e3', 404],
    ['the id of what there is, in another form', 'GET', '/api/targets/1e0', 404],
    ['the id of what there is, with a blank', 'GET', '/api/targets/1%20', 404],
    ['an id that is too large', 'GET', '/api/tasks/99999999999999999999', 404],
    ['a broken escape', 'GET', '/api/tasks/%E0%A4%A', 400],
    ['a page that is no number', 'GET', '/api/tasks?page=abc', 400],
    ['a page size that is too large', 'GET', '/api/tasks?pageSize=201', 400],
    ['a parameter twice', 'GET', '/api/tasks?page=1&page=2', 400],
    ['a parameter that is not known', 'GET', '/api/tasks?color=red', 400],
    ['a sort that is not offered', 'GET', '/api/api-keys?sort=token_hash', 400],
    ['a sort with SQL in it', 'GET', '/api/admins?sort=id;drop+table+admins', 400],
    ['a sort by what objects inherit', 'GET', '/api/admins?sort=constructor', 400],
  ])('are what %s gets', async (_what, method, path, status) => {
    const answer = await rollcall.admin.request(method, path);
    expect({ path, ...answer }).toMatchObject({ status, body: { status, code: expect.any(String) } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  test.each([
    ['POST', '/api/auth/sign-in', { username: 'a\u0000b', password: 'x' }, '/username'],
    ['POST', '/api/api-keys', { name: 'half \ud800', scopes: ['read'] }, '/name'],
    ['POST', '/api/api-keys', { name: 'x', scopes: ['read', '\u0000'] }, '/scopes/1'],
    ['GET', '/api/admins?q=%00', undefined, '/q'],
    ['GET', '/api/audit?subject=%00', undefined, '/subject'],
  ])('name the text that cannot be stored: %s %s', async (method, path, body, pointer) => {
    const answer = await rollcall.admin.request(method, path, { body });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer, code: 'invalid_text' }] } });
  });

  test('are what a number too large for Postgres gets', async () => {
    const answer = await rollcall.admin.get('/api/tasks?sourceId=99999999999999999999999');
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  test('name the place in the query that is wrong', async () => {
    const answer = await rollcall.admin.get('/api/tasks?pageSize=0');
    expect(answer.body.errors).toEqual([{ pointer: '/pageSize', code: 'min', message: 'must not be less than 1' }]);
  });

  test('of the service itself say nothing about its inside', async () => {
    await rollcall.pool.query('alter table audit rename to audit_away');
    try {
      const answer = await rollcall.admin.get('/api/audit');
      expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } });
      expect(JSON.stringify(answer.body)).not.toMatch(/audit|relation|select/i);
    } finally {
      await rollcall.pool.query('alter table audit_away rename to audit');
    }
  });

  test('of a push also carry what old scripts look for', async () => {
    const answer = await key.post(PUSH, { dataType: 'nonsense' });
    expect(answer.status).toBe(400);
    expect(answer.body.data).toEqual({ code: expect.any(Number), message: answer.body.detail });
    expect(answer.body.data.code).not.toBe(0);
  });
});

describe('the id of a request', () => {
  test.each(['a'.repeat(129), 'a b', '<script>', 'é', ''])('is made anew when what comes is odd: %p', async (given) => {
    const answer = await rollcall.anonymous.get('/api/health/live', {
      'X-Request-Id': encodeURI(given) && given.replace('é', '\u00e9'),
    });
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('cannot bring a line break into the answer', async () => {
    const answer = await exchange(
      'GET /api/health/live HTTP/1.1\r\nHost: x\r\nX-Request-Id: a%0d%0aSet-Cookie: b=c\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/X-Request-Id: [0-9a-f-]{36}\r\n/);
    expect(answer).not.toMatch(/set-cookie/i);
  });
});

describe('bodies', () => {
  const record = { dataType: 'user', records: [{ uid: 'u1', nickname: '张三' }] };

  test.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-8'])(
    'of a push with a key are JSON, whatever they say they are: %s',
    async (type) => {
      const rawBody = Buffer.from(JSON.stringify(record));
      const answer = await key.request('POST', PUSH, { rawBody, headers: type ? { 'Content-Type': type } : {} });
      expect(answer.status).toBe(200);
    },
  );

  test('of everything else have to say that they are JSON', async () => {
    const rawBody = JSON.stringify({ username: 'admin', password: 'x' });
    const answer = await rollcall.anonymous.request('POST', '/api/auth/sign-in', { rawBody });
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining('application/json') } });
    // With a session the sender may be a page of another site, for which only JSON needs permission.
    const push = await rollcall.admin.request('POST', PUSH, { rawBody: JSON.stringify(record) });
    expect(push.status).toBe(400);
  });

  test.each([
    ['{"dataType":', 'cut off'],
    ['{"dataType":"user",}', 'with a mistake'],
    ["{'a':1}", 'in another language'],
    ['\u0000', 'of control characters'],
    ['', 'that are empty'],
  ])('%s (%s) are refused without being quoted', async (rawBody) => {
    const answer = await key.request('POST', PUSH, { rawBody });
    expect(answer.status).toBe(400);
    expect(['bad_json', 'invalid_request']).toContain(answer.body.code);
    expect(answer.body.data.message).toBe(answer.body.detail);
  });

  test('with a mistake are not quoted: they hold people', async () => {
    const answer = await key.request('POST', PUSH, { rawBody: '{"records":[{"email":secret@example.com}]}' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad_json' } });
    expect(answer.body.detail).not.toContain('secret');
  });

  test('in another encoding are refused instead of garbled', async () => {
    const latin1 = Buffer.from(
      JSON.stringify({ dataType: 'user', records: [{ uid: '1', nickname: 'José' }] }),
      'latin1',
    );
    const answer = await key.request('POST', PUSH, { rawBody: latin1 });
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad_json', detail: expect.stringContaining('UTF-8') } });
  });

  test('may be compressed', async () => {
    const rawBody = gzipSync(JSON.stringify(record));
    expect(await key.request('POST', PUSH, { rawBody, headers: { 'Content-Encoding': 'gzip' } })).toMatchObject({
      status: 200,
    });
    const odd = await key.request('POST', PUSH, { rawBody, headers: { 'Content-Encoding': 'zstd' } });
    expect(odd).toMatchObject({ status: 400, body: { code: 'bad_json' } });
    const broken = await key.request('POST', PUSH, { rawBody: 'not gzip', headers: { 'Content-Encoding': 'gzip' } });
    expect(broken).toMatchObject({ status: 400, body: { code: 'bad_json' } });
  });

  test('over 20 MB are refused, also when they are small until unpacked', async () => {
    const large = `{"dataType":"user","records":[{"uid":"1","about":"${'x'.repeat(20_000_000)}"}]}`;
    const answer = await key.request('POST', PUSH, { rawBody: large });
    expect(answer).toMatchObject({ status: 413, body: { code: 'payload_too_large', data: { code: 413 } } });
    const bomb = await key.request('POST', PUSH, { rawBody: gzipSync(large), headers: { 'Content-Encoding': 'gzip' } });
    expect(bomb).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
  });

  test('of strangers are not even read when they are large', async () => {
    const rawBody = `{"a":"${'x'.repeat(200_000)}"}`;
    const headers = { 'Content-Type': 'application/json' };
    expect((await rollcall.anonymous.request('POST', '/api/auth/sign-in', { rawBody, headers })).status).toBe(413);
    expect((await rollcall.anonymous.request('POST', PUSH, { rawBody, headers })).status).toBe(401);
  });

  test('nested a million deep do not bring the service down', async () => {
    const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
    for (const rawBody of [
      deep,
      `{"dataType":"user","records":[{"uid":"1","x":${deep}}]}`,
      `{"dataType":"user","records":${deep}}`,
    ]) {
      const answer = await key.request('POST', PUSH, { rawBody });
      expect(answer.status).toBeLessThan(500);
    }
    const headers = { 'Content-Type': 'application/json' };
    const name = await rollcall.admin.request('POST', '/api/api-keys', {
      rawBody: `{"name":${deep},"scopes":${deep}}`,
      headers,
    });
    expect(name.status).toBe(400);
    expect((await rollcall.anonymous.get('/api/health/live')).status).toBe(200);
  });

  test('cannot reach into what all objects share', async () => {
    const headers = { 'Content-Type': 'application/json' };
    for (const rawBody of [
      '{"name":"x","scopes":["read"],"__proto__":{"polluted":1,"sourceId":1}}',
      '{"constructor":{"prototype":{"polluted":1}},"name":"x","scopes":["read"]}',
      '{"__proto__":{"name":"x","scopes":["admin"]}}',
    ]) {
      const answer = await rollcall.admin.request('POST', '/api/api-keys', { rawBody, headers });
      expect([201, 400]).toContain(answer.status);
      if (answer.status === 201) expect(answer.body.source).toBeNull();
    }
    await key.request('POST', PUSH, {
      rawBody: '{"__proto__":{"polluted":1},"dataType":"user","records":[{"uid":"1","__proto__":{"polluted":1}}]}',
    });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('that stop half way leave nothing hanging', async () => {
    const started = Date.now();
    const answer = await exchange(
      `POST ${PUSH} HTTP/1.1\r\nHost: x\r\nAuthorization: ${key.headers['Authorization']}\r\nContent-Length: 1000\r\n\r\n{"dataType"`,
    );
    expect(answer === '' || answer.startsWith('HTTP/1.1 4')).toBe(true);
    expect(Date.now() - started).toBeLessThan(5_000);
  });
});

describe('the admin web', () => {
  test('is served at /, always fresh, and its inner addresses lead to it', async () => {
    for (const path of ['/', '/tasks/7', '/sources/new?from=x']) {
      const answer = await rollcall.anonymous.get(path, { Accept: 'text/html' });
      expect({ path, ...answer }).toMatchObject({ status: 200, body: expect.stringContaining('<title>Rollcall') });
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    }
    expect((await rollcall.anonymous.request('HEAD', '/', { headers: { Accept: 'text/html' } })).status).toBe(200);
  });

  test('keeps its hashed files in the cache for a year, others not', async () => {
    const asset = await rollcall.anonymous.get('/assets/app-Zk3v.js');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await rollcall.anonymous.get('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  test('sends the compressed form of a script that the build made, to those who take it', async () => {
    const path = '/assets/big-Yq8w.js';
    const compressed = await rollcall.anonymous.get(path, { 'Accept-Encoding': 'gzip, br' });
    expect(compressed).toMatchObject({ status: 200, body: 'export const text = 1;' });
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    expect(compressed.headers.get('content-type')).toMatch(/javascript/);
    const plain = await rollcall.anonymous.get(path, { 'Accept-Encoding': 'identity' });
    expect(plain).toMatchObject({ status: 200, body: 'export const text = 1;' });
    for (const { headers } of [compressed, plain]) {
      expect(headers.get('vary')).toContain('Accept-Encoding');
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
    expect((await rollcall.anonymous.get('/assets/app-Zk3v.js')).body).toBe('export {};');
  });

  test('does not answer for files that are missing, nor for the API', async () => {
    for (const path of ['/assets/gone.js', '/api/gone', '/robots.txt']) {
      const answer = await rollcall.anonymous.get(
        path,
        path.startsWith('/api') ? { Accept: 'text/html' } : { Accept: '*/*' },
      );
      expect({ path, ...answer }).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    expect((await rollcall.anonymous.post('/', {})).status).toBe(404);
  });

  test('gives away nothing beside itself', async () => {
    for (const path of [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/assets/..%2f..%2f..%2fetc%2fpasswd',
      '/.env',
      '/%00',
    ]) {
      const answer = await exchange(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect({ path, answer }).toEqual({ path, answer: expect.stringMatching(/^HTTP\/1.1 (404|400|403)/) });
    }
  });

  test('comes with headers that keep scripts of others out', async () => {
    const { headers } = await rollcall.anonymous.get('/', { Accept: 'text/html' });
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self'");
    expect(policy.replace(/style-src[^;]*/, '')).not.toMatch(/unsafe|https?:|\*/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('says so when it is not built', async () => {
    const own = await startTestApp({ ROLLCALL_ADMIN_WEB: join(web, 'nowhere') });
    try {
      const answer = await own.anonymous.get('/', { Accept: 'text/html' });
      expect(answer).toMatchObject({ status: 503, body: expect.stringContaining('npm run build') });
    } finally {
      await own.close();
    }
  });
});

describe('other origins', () => {
  test('that are named may use the API, others may not', async () => {
    const preflight = (origin: string): Promise<TestAnswer> =>
      rollcall.anonymous.request('OPTIONS', '/api/tasks', {
        headers: {
          Origin: origin,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'content-type',
        },
      });
    const allowed = await preflight('https://portal.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://portal.example');
    const refused = await preflight('https://evil.example');
    expect(refused.headers.get('access-control-allow-origin')).not.toBe('https://evil.example');
    expect((await rollcall.admin.get('/api/auth/me', { Origin: 'https://portal.example' })).status).toBe(200);
  });
});

describe('a proxy that is trusted', () => {
  test('says by which address people came', async () => {
    const headers = {
      'X-Forwarded-Host': 'rollcall.example',
      'X-Forwarded-Proto': 'https',
      Origin: 'https://rollcall.example',
    };
    expect((await rollcall.admin.get('/api/auth/me', headers)).status).toBe(200);
    const invited = await rollcall.admin.post('/api/admins', { username: 'by.proxy', role: 'viewer' }, headers);
    expect(invited.body.invitation.link).toMatch(/^https:\/\/rollcall\.example\/accept-invitation#/);
  });
});

describe('the connection', () => {
  test('survives headers that are too large, methods that do not exist and noise', async () => {
    const large = await exchange(`GET / HTTP/1.1\r\nHost: x\r\nCookie: a=${'x'.repeat(100_000)}\r\n\r\n`);
    expect(large).toMatch(/^HTTP\/1.1 431/);
    expect(await exchange('BREW /api/tasks HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1.1 400/);
    expect(await exchange('\u0016\u0003\u0001 not http at all\r\n\r\n')).toMatch(/^HTTP\/1.1 400/);
    expect((await rollcall.anonymous.get('/api/health/live')).status).toBe(200);
  });

  test('answers HEAD and OPTIONS without doing anything', async () => {
    expect(await rollcall.anonymous.request('HEAD', '/api/health/live')).toMatchObject({ status: 200, body: '' });
    expect((await rollcall.anonymous.request('HEAD', '/api/tasks')).status).toBe(401);
    const { rows } = await rollcall.pool.query<{ n: number }>('select count(*) as n from tasks');
    await rollcall.admin.request('OPTIONS', PUSH);
    await rollcall.admin.request('HEAD', PUSH);
    expect((await rollcall.pool.query('select count(*) as n from tasks')).rows).toEqual(rows);
  });

  test('of a page that listens to events ends at once when the service stops', async () => {
    const own = await startTestApp();
    const events = await fetch(`${own.url}/api/tasks/events`, { headers: own.admin.headers });
    const start = Date.now();
    const rest = events.text();
    await own.close();
    expect(Date.now() - start).toBeLessThan(5_000);
    await rest;
  });

  test('that is kept open gets one more answer when the service was asked to stop', async () => {
    const own = await startTestApp();
    const head =
      'POST /api/auth/sign-in HTTP/1.1\r\nHost: rollcall\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n';
    const socket = connect(Number(new URL(own.url).port), '127.0.0.1');
    const answers = text(socket);
    try {
      // The first one is on its way, so the connection is not idle and stays.
      socket.write(head);
      await sleep(200);
      own.app.getHttpServer().close();
      socket.write('{}');
      await sleep(200);
      socket.write(`${head}{}`);
      expect((await answers).match(/^connection: .*$/gim)).toEqual(['Connection: keep-alive', 'Connection: close']);
    } finally {
      socket.destroy();
      await own.close();
    }
  });

  test('takes the same cookie name twice without mixing two people', async () => {
    const Cookie = `rollcall_session=nonsense; ${rollcall.admin.headers['Cookie']}`;
    expect((await rollcall.anonymous.get('/api/auth/me', { Cookie })).status).toBe(401);
  });

  test('sends an answer to a request that says it will come in pieces', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = rawRequest(rollcall.url + PUSH, { method: 'POST', headers: { ...key.headers } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
      request.write('{"dataType":"user",');
      setTimeout(() => request.end('"records":[{"uid":"pieces"}]}'), 50);
    });
    expect(status).toBe(200);
  });
});
