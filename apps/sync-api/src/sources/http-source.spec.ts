import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type LoopbackServer, startLoopbackServer } from '../testing/loopback-server';
import { startTestApp, type TestApp } from '../testing/start-test-app';
import type { TestAnswer } from '../testing/test-client';
import { untilEnded } from '../testing/until';

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

interface Asked {
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

let app: TestApp;
let api: LoopbackServer;
let answer: (asked: Asked) => Answer;
let asked: Asked[] = [];

beforeAll(async () => {
  api = await startLoopbackServer((request, response) => {
    void text(request).then((body) => {
      const url = new URL(request.url ?? '', 'http://localhost');
      const one = { path: url.pathname, query: url.searchParams, headers: request.headers, body };
      asked.push(one);
      const { status = 200, headers = {}, body: said } = answer(one);
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(typeof said === 'string' ? said : JSON.stringify(said));
    });
  });
  app = await startTestApp({ ROLLCALL_ALLOW_ADDRESSES: '127.0.0.1' });
});
afterAll(async () => {
  await app.close();
  await api.close();
});
beforeEach(() => {
  asked = [];
});

/** An example of the README of packages/source-http, by its name, that asks our server instead. */
function example(name: string): { name: string; type: string; options: Record<string, unknown> } {
  const readme = readFileSync(join(process.cwd(), 'packages/source-http/README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```json\n(.*?)```/gs)].map(([, block]) => block ?? '');
  const found = blocks.find((block) => block.includes(`"name": "${name}"`));
  return JSON.parse(
    (found ?? '').replaceAll(/https:\/\/[a-z]+\.example/g, api.url).replaceAll('…', 'secret-of-the-test'),
  );
}

async function addSource(body: object): Promise<number> {
  const made = await app.admin.post('/api/sources', body);
  expect(made).toMatchObject({ status: 201 });
  return made.body.id;
}

async function sync(id: number, body: object = {}): Promise<TestAnswer['body']> {
  const started = await app.admin.post(`/api/sources/${id}/sync`, body);
  expect(started).toMatchObject({ status: 202 });
  return (await untilEnded(app.admin, started.body.id)).body;
}

/** In the order of their uids: who is created together gets ids in any order. */
async function usersOf(id: number): Promise<TestAnswer['body'][]> {
  const { items } = (await app.admin.get(`/api/users?sourceId=${id}&pageSize=200`)).body;
  return items.sort((a: TestAnswer['body'], b: TestAnswer['body']) => a.links[0].uid.localeCompare(b.links[0].uid));
}

describe('the examples of the README', () => {
  it('pages with numbers, and a token', async () => {
    const people = [
      {
        id: 1,
        firstName: 'Ann',
        lastName: 'Lee',
        email: 'ann@x.example',
        status: 'active',
        assignments: [{ department: 'rd', head: true }],
      },
      {
        id: 2,
        firstName: 'Bo',
        lastName: 'Ek',
        email: 'bo@x.example',
        status: 'active',
        manager: { id: 1 },
        assignments: [{ department: 'rd' }, { department: 'ops' }],
      },
      { id: 3, firstName: 'Cy', lastName: 'Om', status: 'on leave', assignments: [] },
    ];
    answer = ({ path, query, headers }) => {
      if (headers.authorization !== 'Bearer secret-of-the-test') return { status: 401 };
      if (path === '/api/departments') {
        return {
          body: {
            departments: [
              { id: 'rd', name: 'Research', parent: null },
              { id: 'ops', name: 'Operations', parent: 'rd' },
            ],
          },
        };
      }
      const page = Number(query.get('page'));
      return { body: { people: people.slice((page - 1) * 2, page * 2), meta: { total: 3 } } };
    };
    const given = example('hr');
    const { type, options } = given;
    const { body: checked } = await app.admin.post('/api/sources/check', { type, options });
    expect(checked).toEqual({
      ok: true,
      message: expect.stringContaining('users: 2 records on the first page, with the fields id, firstName, lastName'),
      texts: expect.objectContaining({ fr: expect.any(String), 'zh-CN': expect.any(String) }),
    });
    const id = await addSource(given);
    const task = await sync(id);
    expect(task).toMatchObject({ status: 'succeeded', counts: { users: { created: 3 } } });
    // A total ends no read: an empty page does.
    expect(asked.at(-1)?.query.toString()).toBe('status=all&limit=200&page=3');
    const [ann, bo, cy] = await usersOf(id);
    expect(ann).toMatchObject({
      nickname: 'Ann Lee',
      email: 'ann@x.example',
      departments: [{ title: 'Research', isOwner: true }],
    });
    expect(bo).toMatchObject({
      manager: { nickname: 'Ann Lee' },
      departments: [{ isOwner: false }, { title: 'Operations' }],
    });
    expect(cy).toMatchObject({ status: 'disabled', departments: [] });
  });

  it('a mark in the answer, OAuth2, and what changed since the last read', async () => {
    let changed: unknown[] | undefined;
    answer = ({ path, query, headers, body }) => {
      if (path === '/oauth/token') {
        const right = body === 'grant_type=client_credentials&scope=directory.read';
        return right ? { body: { access_token: 't1', expires_in: 3600 } } : { status: 400 };
      }
      if (headers.authorization !== 'Bearer t1') return { status: 401 };
      if (changed && query.has('updated_since')) return { body: { data: changed, paging: {} } };
      return query.get('after') === null
        ? { body: { data: [{ userId: 'a', displayName: 'Ann' }], paging: { next: 'n2' } } }
        : { body: { data: [{ userId: 'b', displayName: 'Bo' }], paging: { next: null } } };
    };
    const id = await addSource(example('directory'));
    expect(await sync(id)).toMatchObject({ status: 'succeeded', counts: { users: { created: 2 } } });
    changed = [{ userId: 'b', displayName: 'Bob' }];
    const task = await sync(id, { mode: 'incremental' });
    expect(task).toMatchObject({ status: 'succeeded', counts: { users: { updated: 1 } } });
    expect(Date.parse(asked.at(-1)?.query.get('updated_since') ?? '')).toBeLessThan(Date.now());
    // Ann did not come and stays.
    expect((await usersOf(id)).map(({ nickname, status }) => [nickname, status])).toEqual([
      ['Ann', 'active'],
      ['Bob', 'active'],
    ]);
    changed = [{ userId: 'a', deletedAt: '2026-01-01' }];
    await sync(id, { mode: 'incremental' });
    expect((await usersOf(id)).map(({ nickname }) => nickname)).toEqual(['Bob']);
  });

  it('addresses in the Link header, a key in a header, some of the records, a field of its own', async () => {
    answer = ({ query, headers }) => {
      if (headers['x-api-key'] !== 'secret-of-the-test') return { status: 401 };
      if (query.get('page') === '2') return { body: [{ kind: 'person', login: 'bo', name: 'Bo' }] };
      return {
        headers: { Link: `<${api.url}/members?per_page=100&page=2>; rel="next"` },
        body: [
          {
            kind: 'person',
            login: 'ann',
            name: 'Ann',
            office: { desk: '4.17' },
            contact: [{ type: 'phone', value: '+1 555' }],
          },
          { kind: 'bot', login: 'deploy' },
        ],
      };
    };
    const id = await addSource(example('members'));
    expect(await sync(id)).toMatchObject({ status: 'succeeded', counts: { users: { created: 2 } } });
    expect(await usersOf(id)).toMatchObject([
      { username: 'ann', phone: '+1 555', custom: { desk: '4.17' } },
      { username: 'bo', phone: null },
    ]);
  });
});

describe('from the first try to the last', () => {
  it('a source is added, read, read again, fails and recovers', async () => {
    const people = Array.from({ length: 6 }, (_, n) => ({ id: `p${n}`, name: `P${n}`, team: 't' }));
    const well = ({ path, query }: Asked): Answer => {
      if (path === '/teams') return { body: [{ id: 't', name: 'Team' }] };
      const page = Number(query.get('page'));
      return { body: { items: people.slice(page * 2 - 2, page * 2) } };
    };
    answer = () => ({ status: 401 });
    const options = {
      authentication: 'basic',
      username: 'rollcall',
      password: 'secret-of-the-test',
      departments: { url: `${api.url}/teams`, fields: { uid: 'id', title: 'name' } },
      users: {
        url: `${api.url}/people`,
        records: 'items',
        fields: { uid: 'id', nickname: 'name', departments: 'team' },
        paging: { type: 'page' },
      },
    };
    const refused = await app.admin.post('/api/sources/check', { type: 'http', options });
    expect(refused.body).toMatchObject({ ok: false, errors: [{ field: 'password' }] });
    answer = well;
    const id = await addSource({ name: 'whole-life', type: 'http', options });
    expect((await app.admin.post(`/api/sources/${id}/check`)).body).toMatchObject({ ok: true });
    const { body: source } = await app.admin.get(`/api/sources/${id}`);
    expect(source).toMatchObject({ secretsSet: ['password'] });
    expect(JSON.stringify(source)).not.toContain('secret-of-the-test');

    const first = await sync(id);
    expect(first).toMatchObject({
      status: 'succeeded',
      counts: { users: { created: 6 }, departments: { created: 1 } },
    });
    expect((await usersOf(id)).map(({ nickname, departments }) => [nickname, departments[0].title])).toEqual(
      people.map(({ name }) => [name, 'Team']),
    );
    expect(await sync(id)).toMatchObject({
      status: 'succeeded',
      counts: { users: { created: 0, updated: 0, unchanged: 6 }, departments: { created: 0, updated: 0 } },
    });

    // Whoever did not come before the failure stays.
    people[0] = { ...people[0]!, name: 'P0 renamed' };
    answer = (one) => (one.query.get('page') === '2' ? { status: 401 } : well(one));
    const failed = await sync(id);
    expect(failed.status).not.toBe('succeeded');
    expect(failed.message).toContain('does not take the credentials');
    expect(failed.message).not.toContain('secret-of-the-test');
    expect((await usersOf(id)).map(({ status }) => status)).toEqual(people.map(() => 'active'));

    answer = well;
    people.pop();
    const retried = await app.admin.post(`/api/tasks/${failed.id}/retry`);
    expect(retried).toMatchObject({ status: 202 });
    expect((await untilEnded(app.admin, failed.id)).body).toMatchObject({ status: 'succeeded' });
    expect((await usersOf(id)).map(({ nickname, status }) => [nickname, status])).toEqual([
      ['P0 renamed', 'active'],
      ...people.slice(1).map(({ name }) => [name, 'active']),
      ['P5', 'disabled'],
    ]);
  });

  it('whoever slipped past while a read was interrupted stays', async () => {
    let order = Array.from({ length: 25 }, (_, n) => ({ id: `s${n}`, name: `S${n}` }));
    let busy = false;
    answer = ({ query }) => {
      const offset = Number(query.get('offset'));
      if (offset === 10 && busy) {
        busy = false;
        order = [...order.slice(19, 20), ...order.slice(0, 19), ...order.slice(20)];
        return { status: 503, headers: { 'Retry-After': '1' } };
      }
      return { body: order.slice(offset, offset + 10) };
    };
    const users = { url: `${api.url}/people`, fields: { uid: 'id', nickname: 'name' }, paging: { type: 'offset' } };
    const id = await addSource({ name: 'interrupted', type: 'http', options: { users } });
    expect(await sync(id)).toMatchObject({ status: 'succeeded', counts: { users: { created: 25 } } });
    busy = true;
    const task = await sync(id);
    expect(task).toMatchObject({
      status: 'succeeded',
      counts: { users: { disabled: 0 } },
      message: expect.stringContaining('The read was interrupted and went on later'),
    });
    expect((await usersOf(id)).filter(({ status }) => status !== 'active')).toEqual([]);
  });

  it('one of whom an expression fails is not missing, and others may be, unless the uid is unknown, too', async () => {
    type Person = { id?: string; age: string };
    let people: Person[] = [
      { id: 'a', age: '1' },
      { id: 'b', age: '2' },
      { id: 'c', age: '3' },
    ];
    answer = () => ({ body: people });
    const users = { url: `${api.url}/people`, fields: { uid: 'id' }, customFields: { age: '$number(age)' } };
    const id = await addSource({ name: 'one-fails', type: 'http', options: { users } });
    await sync(id);
    people = [{ id: 'a', age: '1' }, { age: 'x' }];
    expect(await sync(id)).toMatchObject({ counts: { users: { failed: 1, disabled: 0 } } });
    people = [
      { id: 'a', age: '1' },
      { id: 'b', age: 'x' },
    ];
    expect(await sync(id)).toMatchObject({ counts: { users: { failed: 1, disabled: 1 } } });
    expect((await usersOf(id)).map(({ status }) => status)).toEqual(['active', 'active', 'disabled']);
  });

  it('an address that the operator did not allow is refused, when it is tried and when it is read', async () => {
    answer = () => ({ body: [] });
    const options = { users: { url: api.url.replace('127.0.0.1', '127.0.0.2'), fields: { uid: 'id' } } };
    const { body: checked } = await app.admin.post('/api/sources/check', { type: 'http', options });
    expect(checked).toMatchObject({
      ok: false,
      message: expect.stringContaining('ROLLCALL_ALLOW_ADDRESSES=127.0.0.2'),
      errors: [{ field: 'users/url' }],
      texts: {
        fr: expect.stringContaining('127.0.0.2 est une adresse de bouclage : de telles adresses'),
        'zh-CN': expect.stringContaining('127.0.0.2 是回环地址：不会访问此类地址'),
      },
    });
    const task = await sync(await addSource({ name: 'inner', type: 'http', options }));
    expect(task).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('127.0.0.2 is a loopback address'),
    });
    expect(asked).toEqual([]);
  });

  it('is not read for changes only where nothing asks for changes', async () => {
    answer = () => ({ body: [] });
    const users = { url: `${api.url}/users`, fields: { uid: 'id' } };
    const id = await addSource({ name: 'whole', type: 'http', options: { users } });
    const source = async (): Promise<TestAnswer['body']> => (await app.admin.get(`/api/sources/${id}`)).body;
    expect(await source()).toMatchObject({ readsChanges: false });
    expect(await app.admin.post(`/api/sources/${id}/sync`, { mode: 'incremental' })).toMatchObject({
      status: 400,
      body: { reason: { code: 'full_reads_only' } },
    });
    const schedule = { cron: '0 3 * * *', timeZone: 'UTC', incrementalCron: '*/5 * * * *' };
    const set = (body: object): Promise<TestAnswer> => app.admin.patch(`/api/sources/${id}`, body);
    expect((await set({ schedule })).body.errors).toMatchObject([
      {
        pointer: '/schedule/incrementalCron',
        code: 'not_schedulable',
        message: expect.stringContaining('asks for changes'),
      },
    ]);
    expect(await set({ schedule, options: { users: { ...users, sinceParameter: 'since' } } })).toMatchObject({
      status: 200,
      body: { readsChanges: true },
    });
    const posted = { ...users, method: 'POST', body: '{"since": $since}' };
    expect(await set({ options: { users: posted } })).toMatchObject({ status: 200, body: { readsChanges: true } });
  });

  it.each([
    [{ users: { url: 'ftp://x.example', fields: { uid: 'id' } } }, '/options/users/url'],
    [{ users: { url: 'https://x.example', fields: { nickname: 'name' } } }, '/options/users/fields/uid'],
    [{ users: { url: 'https://x.example', fields: { uid: 'id', mail: 'mail' } } }, '/options/users/fields/mail'],
    [
      { users: { url: 'https://x.example', fields: { uid: 'id' }, customFields: { email: 'x' } } },
      '/options/users/customFields/email',
    ],
    [
      { users: { url: 'https://x.example', fields: { uid: 'id' } }, headers: [{ name: 'cookie', value: 'a=b' }] },
      '/options/headers/0/name',
    ],
    [{ users: { url: 'https://ann:pass@x.example', fields: { uid: 'id' } } }, '/options/users/url'],
    [{ users: { url: 'https://x.example?access_token=abc', fields: { uid: 'id' } } }, '/options/users/url'],
  ])('options %j are refused at %s', async (options, pointer) => {
    const refused = await app.admin.post('/api/sources', { name: 'wrong', type: 'http', options });
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });
});
