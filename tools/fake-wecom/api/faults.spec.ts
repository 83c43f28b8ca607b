import { Client, startFake, stopFakes } from '../test-support/client.ts';
import type { FaultRule } from '../server.mjs';

afterEach(stopFakes);

async function start(rule: FaultRule) {
  const fake = await startFake({ people: 30, departments: 6 });
  const client = new Client(fake);
  await client.token('app');
  fake.faults.add(rule);
  return { fake, client };
}

/** Errcodes of a few calls. */
async function errcodes(client: Client, times: number, path = 'department/list', query = {}) {
  const found = [];
  for (let n = 0; n < times; n++) found.push((await client.app(path, query)).errcode);
  return found;
}

describe('the plan says which call is hit', () => {
  it.each<[string, Partial<FaultRule>, number[]]>([
    ['the first', {}, [-1, 0, 0, 0, 0, 0]],
    ['two from the third', { from: 3, times: 2 }, [0, 0, -1, -1, 0, 0]],
    ['all from the fifth', { from: 5, times: null }, [0, 0, 0, 0, -1, -1]],
    ['every second, twice', { every: 2, times: 2 }, [-1, 0, -1, 0, 0, 0]],
  ])('%s', async (_what, rule, expected) => {
    const { client } = await start({ kind: 'errcode', errcode: -1, endpoint: 'department/list', ...rule });
    expect(await errcodes(client, 6)).toEqual(expected);
  });

  it('by endpoint, secret and parameters', async () => {
    const rule = { kind: 'errcode', errcode: 60011, endpoint: 'user/list', secret: 'app', times: null } as const;
    const { fake, client } = await start({ ...rule, query: { department_id: 4 } });
    fake.configure({ ipIsNew: false });
    expect(await errcodes(client, 1)).toEqual([0]);
    expect(await errcodes(client, 1, 'user/list', { department_id: 1 })).toEqual([0]);
    expect(await client.app('user/list', { department_id: 4 })).toMatchObject({ errcode: 60011, userlist: [] });
    expect((await client.contacts('user/list', { department_id: 4 })).errcode).toBe(0);
    expect(fake.faults.list()).toMatchObject([{ id: 1, calls: 1, hits: 1 }]);
    fake.faults.clear(1);
    expect(await errcodes(client, 1, 'user/list', { department_id: 4 })).toEqual([0]);
  });

  it('and refuses what it does not know', async () => {
    const { fake } = await start({ kind: 'reset' });
    expect(() => fake.faults.add({ kind: 'fire' } as never)).toThrow('kind is one of');
    expect(() => fake.faults.add({ kind: 'errcode' })).toThrow('needs an errcode');
  });
});

describe('a fault', () => {
  it.each(['reset', 'cut'] as const)('%s breaks the connection', async (kind) => {
    const { fake, client } = await start({ kind });
    await expect(client.app('department/list')).rejects.toThrow();
    expect(fake.counters.read().errors).toEqual({ 'department/list': { [kind]: 1 } });
    expect(await errcodes(client, 1)).toEqual([0]);
  });

  it('hang never answers', async () => {
    const { fake, client } = await start({ kind: 'hang' });
    const token = await client.token('app');
    const url = `${fake.url}/cgi-bin/department/list?access_token=${token}`;
    await expect(fetch(url, { signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout');
  });

  it('status answers with 5xx and a page', async () => {
    const { client } = await start({ kind: 'status', status: 502 });
    const response = await client.raw('department/list', { access_token: await client.token('app') });
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('502 Bad Gateway');
  });

  it('html answers with a page and status 200', async () => {
    const { client } = await start({ kind: 'html' });
    const response = await client.raw('department/list', { access_token: await client.token('app') });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
  });

  it('truncated sends half of the JSON as if that were all', async () => {
    const { client } = await start({ kind: 'truncated' });
    const response = await client.raw('department/list', { access_token: await client.token('app') });
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(text.length).toBeGreaterThan(10);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  });

  it('empty says that all is well and nobody there', async () => {
    const { client } = await start({ kind: 'empty' });
    expect(await client.app('user/list', { department_id: 1 })).toEqual({ errcode: 0, errmsg: 'ok', userlist: [] });
  });

  it('no_errcode answers without errcode', async () => {
    const { client } = await start({ kind: 'no_errcode' });
    expect(Object.keys(await client.app('department/list'))).toEqual(['department']);
  });

  it('slow answers, late', async () => {
    const { client } = await start({ kind: 'slow', ms: 60 });
    const begun = performance.now();
    expect(await errcodes(client, 1)).toEqual([0]);
    expect(performance.now() - begun).toBeGreaterThan(55);
  });

  it('errcode may have a text of its own, in any language', async () => {
    const { client } = await start({ kind: 'errcode', errcode: 6000, errmsg: '数据冲突' });
    const answer = await client.app('department/list');
    expect(answer).toMatchObject({ errcode: 6000, department: [] });
    expect(answer.errmsg).toContain('数据冲突, hint: [');
  });
});
