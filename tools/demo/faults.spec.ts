import type { TestAnswer } from '../../apps/sync-api/src/testing/test-client.ts';
import { until } from '../../apps/sync-api/src/testing/until.ts';
import { VENDOR_TIMING } from '../../packages/source-wecom/src/client.ts';
import { Company } from './test-support/company.ts';

const DEPARTMENTS = 12;

let company: Company;

jest.setTimeout(120_000);

beforeAll(async () => {
  // As long as WeCom asks for in the adapter's own specs; here the fake's minute has two seconds.
  Object.assign(VENDOR_TIMING, { backoff: 50, block: 2_000 });
  company = await Company.start({ people: 120, departments: DEPARTMENTS });
});

afterAll(() => company.close());

beforeEach(() => company.begin());

afterEach(() => company.end());

const total = async (): Promise<number> => (await company.app.admin.get('/api/users?status=active')).body.total;

/** Starts a sync of a slow WeCom and waits until it lists members. */
async function beginToRead(): Promise<number> {
  company.fake.counters.reset();
  company.fake.configure({ latencyMs: 100 });
  const { body } = await company.app.admin.post(`/api/sources/${company.source.id}/sync`, {});
  await until(
    async () => company.fake.counters.read().calls['user/list'] ?? 0,
    (calls) => calls >= 3,
  );
  return body.id;
}

const task = async (id: number): Promise<TestAnswer['body']> => (await company.app.admin.get(`/api/tasks/${id}`)).body;

describe('a WeCom that was called too often', () => {
  it('is left alone for its minute, and then read to the end', async () => {
    company.fake.configure({ limits: { perMinute: 8, minuteMs: 2_000 } });
    const began = Date.now();
    expect(await company.sync()).toMatchObject({ status: 'succeeded', attempts: 1 });
    expect(Date.now() - began).toBeGreaterThan(2_000);
    const { calls, errors } = company.fake.counters.read();
    // Those that were on their way together are refused; nobody calls in vain after that.
    expect(errors['user/list']?.['45009']).toBeGreaterThan(0);
    expect(errors['user/list']?.['45009']).toBeLessThanOrEqual(4);
    expect(calls['user/list']).toBe(DEPARTMENTS + errors['user/list']!['45009']!);
    expect(await company.differences()).toEqual([]);
  });

  it('and that is still blocked a minute later is waited for again', async () => {
    await company.sync();
    const before = await total();
    company.fake.faults.add({ kind: 'errcode', endpoint: 'user/list', from: 4, times: null, errcode: 45009 });
    const cut = company.sync();
    await until(
      async () => company.fake.faults.list()[0]!.hits,
      (hits) => hits > 4,
    );
    company.fake.faults.clear();
    expect(await cut).toMatchObject({ status: 'succeeded' });
    expect(await total()).toBe(before);
    expect(await company.differences()).toEqual([]);
  });
});

describe('a sweep of ids', () => {
  it('whose place WeCom forgets again and again ends the read: nobody is removed, and a retry succeeds', async () => {
    await company.sync();
    const before = await total();
    company.fake.configure({ pages: { listId: 20 } });
    company.fake.faults.add({ kind: 'errcode', endpoint: 'user/list_id', from: 3, times: null, errcode: 50100 });
    const failed = await company.sync();
    expect(failed.status).not.toBe('succeeded');
    expect(await total()).toBe(before);
    company.fake.faults.clear();
    await company.app.admin.post(`/api/tasks/${failed.id}/retry`);
    expect(await company.untilOver(failed.id)).toMatchObject({ status: 'succeeded' });
    expect(await company.differences()).toEqual([]);
  });

  it('that says too early that it is at its end removes nobody: the app shows who is there', async () => {
    await company.sync();
    company.fake.configure({ pages: { listId: 20 } });
    company.fake.faults.add({ kind: 'empty', endpoint: 'user/list_id', from: 3 });
    expect(await company.sync()).toMatchObject({ status: 'succeeded' });
    expect(company.fake.faults.list()[0]).toMatchObject({ hits: 1 });
    expect(await company.differences()).toEqual([]);
  });

  it('that does so when nobody else can tell is held for a look', async () => {
    await company.addSource({ agentId: undefined, agentSecret: undefined });
    await company.sync();
    const before = await total();
    company.fake.configure({ pages: { listId: 20 } });
    company.fake.faults.add({ kind: 'empty', endpoint: 'user/list_id', from: 3 });
    expect(await company.sync()).toMatchObject({ status: 'held', heldReason: 'limits' });
    expect(await total()).toBe(before);
  });
});

describe('a WeCom that dies in the middle of a read', () => {
  it('and is back soon is read by the next try of the task', async () => {
    await company.sync();
    const before = await total();
    const id = await beginToRead();
    await company.kill();
    const waiting = await until(
      () => task(id),
      ({ status }) => status === 'queued',
    );
    expect(waiting).toMatchObject({ attempts: 1, code: 'network' });
    expect(await total()).toBe(before);
    await company.revive();
    expect(await company.untilOver(id)).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect(await company.differences()).toEqual([]);
  });

  it('and stays dead ends the task: nobody is removed, and a retry succeeds when it is back', async () => {
    await company.sync();
    const before = await total();
    const id = await beginToRead();
    await company.kill();
    const ended = await company.untilOver(id);
    expect(ended).toMatchObject({ status: 'failed', code: 'network', attempts: 3 });
    expect(await total()).toBe(before);
    await company.revive();
    await company.app.admin.post(`/api/tasks/${id}/retry`);
    expect(await company.untilOver(id)).toMatchObject({ status: 'succeeded' });
    expect(await company.differences()).toEqual([]);
  });
});
