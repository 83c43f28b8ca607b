import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorDetail } from '@rollcall/core';
import { type TestApp, startTestApp } from '../testing/start-test-app';
import type { TestAnswer } from '../testing/test-client';
import { ConnectionCheckService } from './connection-check.service';
import { ForgetDeletedService } from './forget-deleted.service';
import { SourcesService } from './sources.service';

const ADAPTER = `
  const check = async ({ options, signal, logger }) => {
    logger.info('checking with ' + options.token, { token: options.token });
    switch (options.behaviour) {
      case 'fail': return { ok: false, message: 'refused ' + options.token, errors: [{ field: 'token', message: 'bad ' + options.token }] };
      case 'throw': throw new Error('GET https://vendor.test/?token=' + options.token + ' failed');
      case 'garbage': return 'fine';
      case 'hang': return new Promise(() => {});
      default: return { ok: true, message: JSON.stringify({ ...options, token: options.token === 'hunter2-token' }) };
    }
  };
  exports.adapters = [{
    kind: 'source', id: 'vendor', title: 'Vendor', version: '1.0.0', check,
    async *pull() { return { complete: {} }; },
    configSchema: {
      type: 'object', additionalProperties: false, required: ['url', 'token'],
      properties: {
        url: { type: 'string', format: 'uri' },
        token: { type: 'string', format: 'password', writeOnly: true, minLength: 8 },
        second: { type: 'string', format: 'password', writeOnly: true },
        behaviour: { type: 'string', enum: ['ok', 'fail', 'throw', 'garbage', 'hang'] },
        pageSize: { type: 'integer', minimum: 1, default: 100 },
      },
    },
  }];`;

let home: string;
let test: TestApp;

function install(directory: string): void {
  const folder = join(directory, 'adapters', 'node_modules', 'source-vendor');
  mkdirSync(folder, { recursive: true });
  const rollcall = { contract: 1, adapters: [{ kind: 'source', id: 'vendor' }] };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'source-vendor', rollcall }));
  writeFileSync(join(folder, 'index.js'), ADAPTER);
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'rollcall-sources-'));
  install(home);
  test = await startTestApp({ ROLLCALL_HOME: home, ROLLCALL_ADAPTERS: 'source-vendor' });
});
afterAll(async () => {
  await test.close();
  rmSync(home, { recursive: true, force: true });
});

const OPTIONS = { url: 'https://vendor.test/api', token: 'hunter2-token' };
let count = 0;
const newName = (): string => `vendor-${++count}`;

async function create(fields: object = {}): Promise<TestAnswer['body']> {
  const answer = await test.admin.post('/api/sources', {
    name: newName(),
    type: 'vendor',
    options: OPTIONS,
    ...fields,
  });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body;
}

const update = (source: { id: number }, body: object): Promise<TestAnswer> =>
  test.admin.patch(`/api/sources/${source.id}`, body);

const pointers = (answer: TestAnswer): string[] =>
  answer.body.errors.map((error: ErrorDetail) => `${error.pointer} ${error.code}`);

describe('GET /api/adapters', () => {
  it('lists what is installed, with the schema that draws the form', async () => {
    const { body } = await test.admin.get('/api/adapters');
    expect(body.items.map((item: Record<string, string>) => `${item.kind} ${item.id} ${item.origin}`)).toEqual([
      'source push @rollcall/source-http',
      'source http @rollcall/source-http',
      'source wecom @rollcall/source-wecom',
      'source vendor source-vendor',
      'target users @rollcall/target-users',
      'target departments @rollcall/target-departments',
      'target webhook @rollcall/target-webhook',
    ]);
    const byId = new Map(body.items.map((item: Record<string, unknown>) => [item['id'], item]));
    expect(byId.get('vendor')).toMatchObject({
      capabilities: { pull: true, incremental: false, events: false, check: true },
      configSchema: { properties: { token: { writeOnly: true, format: 'password' } } },
    });
    expect(byId.get('wecom')).toMatchObject({ capabilities: { pull: true, events: true, check: true } });
    expect(byId.get('departments')).toMatchObject({ capabilities: { dataTypes: ['department', 'user'] } });
  });
});

describe('GET /api/targets', () => {
  it('lists the built-in targets and finds one', async () => {
    const { body } = await test.admin.get('/api/targets');
    expect(body.items).toMatchObject([
      { name: 'users', type: 'users', enabled: true, builtIn: true },
      { name: 'departments', builtIn: true },
    ]);
    expect((await test.admin.get(`/api/targets/${body.items[1].id}`)).body.name).toBe('departments');
    expect((await test.admin.get('/api/targets/99999')).status).toBe(404);
  });
});

describe('the built-in source', () => {
  it('is listed like any other, with policies and no task yet', async () => {
    const { body } = await test.admin.get('/api/sources?q=api');
    expect(body.items).toMatchObject([
      {
        name: 'api',
        type: 'push',
        enabled: true,
        options: {},
        secretsSet: [],
        schedule: null,
        matchKey: ['username', 'email', 'phone'],
        priority: 100,
        lastTask: null,
        lastSucceededAt: null,
        nextRunAt: null,
        adapterError: null,
      },
    ]);
    expect(body.items[0].policies).toEqual({
      user: { onDeleted: 'delete', onMissing: 'disable' },
      department: { onDeleted: 'delete', onMissing: 'delete' },
      graceDays: 30,
      limits: Object.fromEntries(
        ['deletes', 'disables', 'memberships', 'cleared'].map((name) => [name, { count: 500, percent: 10 }]),
      ),
    });
  });

  it('cannot be deleted', async () => {
    const [api] = (await test.admin.get('/api/sources?q=api')).body.items;
    expect(await test.admin.delete(`/api/sources/${api.id}?people=keep`)).toMatchObject({
      status: 409,
      body: { code: 'conflict', detail: expect.stringContaining('Disable it instead') },
    });
  });
});

describe('adding a source', () => {
  it('stores secrets encrypted and never answers with them', async () => {
    const source = await create();
    expect(source).toMatchObject({ enabled: true, matchKey: [], options: { url: OPTIONS.url }, secretsSet: ['token'] });
    const { rows } = await test.pool.query('select row_to_json(s)::text as row from sources s where id = $1', [
      source.id,
    ]);
    expect(rows[0].row).not.toContain('hunter2');
    const audit = await test.pool.query('select details::text from audit where subject = $1', [`source:${source.id}`]);
    expect(audit.rows).toHaveLength(1);
    expect(JSON.stringify(audit.rows)).not.toContain('hunter2');
    expect(await test.app.get(SourcesService).optionsInClear(source.id)).toEqual({ ...OPTIONS, pageSize: 100 });
  });

  it('needs nothing but a name for a push source', async () => {
    const { status, body } = await test.admin.post('/api/sources', { name: 'hr', type: 'push' });
    expect([status, body.displayName]).toEqual([201, 'hr']);
  });

  it.each<[string, object, string[]]>([
    ['no name', { name: undefined }, ['/name required']],
    ['an upper-case name', { name: 'HR' }, ['/name matches']],
    ['a name of 64 characters', { name: 'x'.repeat(64) }, ['/name matches']],
    ['a name that begins with a dash', { name: '-x' }, ['/name matches']],
    ['a name with a line break', { name: 'x\n' }, ['/name matches']],
    ['a display name with a NUL', { displayName: 'a\0' }, ['/displayName invalid_text']],
    ['a display name that is null', { displayName: null }, ['/displayName is_storable']],
    ['an unknown type', { type: 'nope' }, ['/type is_in']],
    ['an unknown field', { colour: 'red' }, ['/colour unknown_field']],
    ['options that are a list', { options: [] }, ['/options is_object']],
    ['options that are null', { options: null }, ['/options is_object']],
    ['no options', { options: undefined }, ['/options/url required', '/options/token required']],
    ['an unknown option', { options: { ...OPTIONS, 'a/b': 1 } }, ['/options/a~1b unknown_field']],
    ['a wrong option', { options: { ...OPTIONS, url: 'x y' } }, ['/options/url format']],
    ['a secret that is a number', { options: { ...OPTIONS, token: 5 } }, ['/options/token type']],
    ['a secret that is too short', { options: { ...OPTIONS, token: 'abc' } }, ['/options/token minLength']],
    ['a secret with a NUL', { options: { ...OPTIONS, token: 'hunter2-\0' } }, ['/options/token invalid_text']],
    ['options of 70 kB', { options: { ...OPTIONS, url: `https://x/${'a'.repeat(70_000)}` } }, ['/options too_large']],
    ['four cron fields', { schedule: { cron: '* * * *', timeZone: 'UTC' } }, ['/schedule/cron is_cron']],
    ['minute 60', { schedule: { cron: '60 * * * *', timeZone: 'UTC' } }, ['/schedule/cron is_cron']],
    ['30 February', { schedule: { cron: '0 0 30 2 *', timeZone: 'UTC' } }, ['/schedule/cron is_cron']],
    [
      'an unknown time zone',
      { schedule: { cron: '0 3 * * *', timeZone: 'Mars/X' } },
      ['/schedule/timeZone is_iana_time_zone'],
    ],
    [
      'an offset for a time zone',
      { schedule: { cron: '0 3 * * *', timeZone: '+08:00' } },
      ['/schedule/timeZone is_iana_time_zone'],
    ],
    ['a schedule without time zone', { schedule: { cron: '0 3 * * *' } }, ['/schedule/timeZone required']],
    ['an unknown match key', { matchKey: ['email', 'nickname'] }, ['/matchKey is_in']],
    ['a match key twice', { matchKey: ['email', 'email'] }, ['/matchKey array_unique']],
    ['a priority with decimals', { priority: 1.5 }, ['/priority is_int']],
    ['a priority in words', { priority: 'high' }, ['/priority is_int']],
    ['a limit in words', { policies: { graceDays: '30' } }, ['/policies/graceDays is_int']],
    [
      'a policy that does not exist',
      { policies: { user: { onMissing: 'purge' } } },
      ['/policies/user/onMissing is_in'],
    ],
    [
      'departments that are disabled',
      { policies: { department: { onMissing: 'disable' } } },
      ['/policies/department/onMissing is_in'],
    ],
    [
      'a limit of 101 %',
      { policies: { limits: { deletes: { percent: 101 } } } },
      ['/policies/limits/deletes/percent max'],
    ],
    ['an unknown limit', { policies: { limits: { renames: {} } } }, ['/policies/limits/renames unknown_field']],
    ['policies that are null', { policies: null }, ['/policies is_object']],
    ['policies that are a list', { policies: [] }, ['/policies is_object']],
    ['limits that are a list', { policies: { limits: [{}] } }, ['/policies/limits is_object']],
    ['a schedule that is a list', { schedule: [] }, ['/schedule is_object']],
    ['a schedule that is text', { schedule: '0 3 * * *' }, ['/schedule is_object']],
  ])('refuses %s', async (_, fields, expected) => {
    const before = await test.pool.query('select count(*) from sources');
    const answer = await test.admin.post('/api/sources', {
      name: newName(),
      type: 'vendor',
      options: OPTIONS,
      ...fields,
    });
    expect([answer.status, pointers(answer)]).toEqual([400, expected]);
    expect(answer.body.detail).not.toContain('hunter2');
    expect((await test.pool.query('select count(*) from sources')).rows).toEqual(before.rows);
  });

  it('refuses a schedule for a source whose records are pushed', async () => {
    const body = { name: newName(), type: 'push', schedule: { cron: '0 3 * * *', timeZone: 'UTC' } };
    const answer = await test.admin.post('/api/sources', body);
    expect([answer.status, pointers(answer)]).toEqual([400, ['/schedule not_schedulable']]);
  });

  it('refuses incremental times for an adapter that can only read in full', async () => {
    const schedule = { cron: '0 3 * * *', timeZone: 'UTC', incrementalCron: '*/5 * * * *' };
    const answer = await test.admin.post('/api/sources', { name: newName(), type: 'vendor', schedule });
    expect([answer.status, pointers(answer)]).toEqual([400, ['/schedule/incrementalCron not_schedulable']]);
  });

  it('refuses a name that is taken, also when two ask at once', async () => {
    const body = { name: newName(), type: 'push' };
    const answers = await Promise.all([1, 2, 3, 4].map(() => test.admin.post('/api/sources', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const refused = answers.find(({ status }) => status === 409)!;
    expect(pointers(refused)).toEqual(['/name unique']);
  });
});

describe('changing a source', () => {
  it('keeps what is left out', async () => {
    const schedule = { cron: '0 3 * * *', timeZone: 'Asia/Shanghai' };
    const policies = { user: { onMissing: 'keep' }, limits: { deletes: { count: 7 } } };
    const source = await create({ schedule, policies, matchKey: ['email'], priority: 5 });
    const { body } = await update(source, {
      displayName: 'Renamed',
      policies: { user: { onDeleted: 'disable' }, limits: { deletes: { percent: 3 } } },
    });
    expect(body).toMatchObject({
      displayName: 'Renamed',
      schedule,
      matchKey: ['email'],
      priority: 5,
      secretsSet: ['token'],
    });
    expect(body.policies.user).toEqual({ onDeleted: 'disable', onMissing: 'keep' });
    expect(body.policies.limits.deletes).toEqual({ count: 7, percent: 3 });
    expect(new Date(body.nextRunAt).toISOString()).toMatch(/T19:00:00/);
    expect((await update(source, { schedule: null })).body).toMatchObject({ schedule: null, nextRunAt: null });
  });

  it('plans nothing for a disabled source', async () => {
    const source = await create({ enabled: false, schedule: { cron: '* * * * *', timeZone: 'UTC' } });
    expect(source.nextRunAt).toBeNull();
    expect((await update(source, { enabled: true })).body.nextRunAt).not.toBeNull();
  });

  it('refuses another name or type, and unknown fields', async () => {
    const source = await create();
    const answer = await update(source, { name: 'other', type: 'push' });
    expect([answer.status, pointers(answer)]).toEqual([400, ['/name immutable', '/type immutable']]);
    expect((await update(source, { id: 7 })).body.code).toBe('unknown_field');
    expect((await update({ id: 999_999 }, {})).status).toBe(404);
  });

  it('keeps a secret that is left out, replaces one that is sent, clears one that is null', async () => {
    const source = await create({ options: { ...OPTIONS, second: 'other' } });
    const clear = (): Promise<unknown> => test.app.get(SourcesService).optionsInClear(source.id);
    expect((await update(source, { options: { url: OPTIONS.url, pageSize: 5 } })).body).toMatchObject({
      options: { url: OPTIONS.url, pageSize: 5 },
      secretsSet: ['second', 'token'],
    });
    await update(source, { options: { url: OPTIONS.url, token: 'another-token', second: null } });
    expect(await clear()).toEqual({ url: OPTIONS.url, token: 'another-token', pageSize: 100 });
    const refused = await update(source, { options: { url: OPTIONS.url, token: '' } });
    expect([refused.status, pointers(refused)]).toEqual([400, ['/options/token required']]);
  });

  it('clears the secrets when the host changes, and says so when the source is used', async () => {
    const source = await create();
    const moved = await update(source, { options: { url: 'https://evil.test/api' } });
    expect(moved).toMatchObject({ status: 200, body: { secretsSet: [] } });
    expect((await test.admin.post(`/api/sources/${source.id}/check`)).body).toEqual({
      ok: false,
      message: `The source "${source.name}" cannot be used: its option "token" is required. Complete its options.`,
    });
    // Going back does not bring them back.
    expect((await update(source, { options: { url: OPTIONS.url } })).body.secretsSet).toEqual([]);
    expect((await update(source, { options: { ...OPTIONS, url: 'https://new.test/' } })).body.secretsSet).toEqual([
      'token',
    ]);
  });

  it('keeps the secrets when only the path changes, and drops them when TLS does', async () => {
    const source = await create();
    expect((await update(source, { options: { url: 'https://vendor.test/v2' } })).body.secretsSet).toEqual(['token']);
    expect((await update(source, { options: { url: 'http://vendor.test/v2' } })).body.secretsSet).toEqual([]);
  });

  it('leaves no half-written change when two admins save at once', async () => {
    const source = await create();
    const bodies = [1, 2, 3, 4].map((n) => ({ displayName: `n${n}`, priority: n }));
    await Promise.all(bodies.map((body) => update(source, body)));
    const { body } = await test.admin.get(`/api/sources/${source.id}`);
    expect(body.displayName).toBe(`n${body.priority}`);
  });
});

describe('trying a configuration', () => {
  const check = (options: object): Promise<TestAnswer> =>
    test.admin.post('/api/sources/check', { type: 'vendor', options: { ...OPTIONS, ...options } });

  it('hands the adapter options with defaults and secrets', async () => {
    const { status, body } = await check({});
    expect([status, body.ok, JSON.parse(body.message)]).toEqual([
      200,
      true,
      { ...OPTIONS, token: true, pageSize: 100 },
    ]);
    const source = await create();
    expect((await test.admin.post(`/api/sources/${source.id}/check`)).body.ok).toBe(true);
  });

  it('tries a source as it would be after a change, with the secrets that it has, and stores nothing', async () => {
    const source = await create();
    const changed = (options: object) => test.admin.post(`/api/sources/${source.id}/check`, { options });
    expect(JSON.parse((await changed({ url: OPTIONS.url, pageSize: 7 })).body.message)).toMatchObject({
      token: true,
      pageSize: 7,
    });
    expect((await changed({ url: 'https://evil.test/api' })).body).toMatchObject({ ok: false });
    expect(pointers(await changed({ url: 7 }))).toEqual(['/options/url type']);
    expect((await test.admin.get(`/api/sources/${source.id}`)).body).toMatchObject({
      options: { url: OPTIONS.url },
      secretsSet: ['token'],
    });
  });

  it('tells what the adapter said, without secrets', async () => {
    expect((await check({ behaviour: 'fail' })).body).toEqual({
      ok: false,
      message: 'refused [secret]',
      errors: [{ field: 'token', message: 'bad [secret]' }],
    });
    expect((await check({ behaviour: 'throw' })).body).toEqual({
      ok: false,
      message: 'GET https://vendor.test/?token=[secret] failed',
    });
    expect((await check({ behaviour: 'garbage' })).body.message).toContain('did not say');
  });

  it('does not wait for an adapter for ever', async () => {
    const service = test.app.get(ConnectionCheckService);
    const before = service.limitSeconds;
    service.limitSeconds = 0.2;
    expect((await check({ behaviour: 'hang' })).body).toEqual({
      ok: false,
      message: 'The check was not finished within 0.2 s. Either there was no answer, or working it out takes too long.',
      texts: { fr: expect.stringContaining('0.2 s'), 'zh-CN': expect.stringContaining('0.2 秒') },
    });
    service.limitSeconds = before;
  });

  it('names everything that keeps live events away, and stops when it is there', async () => {
    const options = { corpId: 'ww1', contactsSecret: 'secret-of-contacts' };
    const made = await test.admin.post('/api/sources', { name: newName(), type: 'wecom', options });
    expect(made.body.notes).toEqual([
      { code: 'no_public_url', message: expect.stringContaining('set ROLLCALL_PUBLIC_URL') },
      {
        code: 'options_lacking',
        options: ['callbackToken', 'encodingAesKey'],
        message: expect.stringMatching(
          /are refused until .*Token of the event server, EncodingAESKey of the event server/,
        ),
      },
      { code: 'no_full_reads', message: expect.stringContaining('schedule of full reads') },
    ]);
    const events = { corpId: 'ww1', callbackToken: 'token', encodingAesKey: 'k'.repeat(43) };
    const { body: changed } = await test.admin.patch(`/api/sources/${made.body.id}`, { options: events });
    expect(changed.notes.map(({ code }: { code: string }) => code)).toEqual(['no_public_url', 'no_full_reads']);
  });

  it('checks the options before it asks the adapter', async () => {
    const answer = await check({ url: 5 });
    expect([answer.status, pointers(answer)]).toEqual([400, ['/options/url type']]);
  });

  it('says that a push source cannot be tried', async () => {
    const { body } = await test.admin.post('/api/sources/check', { type: 'push' });
    expect(body).toMatchObject({ ok: true, message: expect.stringContaining('no way to try') });
  });
});

describe('deleting a source', () => {
  it('asks what becomes of its people', async () => {
    const source = await create();
    for (const query of ['', '?people=all']) {
      const answer = await test.admin.delete(`/api/sources/${source.id}${query}`);
      expect([answer.status, pointers(answer)]).toEqual([400, [query ? '/people is_in' : '/people required']]);
    }
    expect((await test.admin.get(`/api/sources/${source.id}`)).status).toBe(200);
  });

  it('hides it, frees its name, revokes its keys and forgets its credentials', async () => {
    const source = await create();
    const key = await test.key(['push'], source.id);
    expect((await key.get(`/api/sources/${source.id}`)).status).toBe(200);
    expect((await test.admin.delete(`/api/sources/${source.id}?people=keep`)).status).toBe(204);
    expect((await test.admin.get(`/api/sources/${source.id}`)).status).toBe(404);
    expect((await test.admin.delete(`/api/sources/${source.id}?people=keep`)).status).toBe(404);
    expect((await update(source, {})).status).toBe(404);
    expect((await key.get('/api/sources')).status).toBe(401);
    await expect(test.app.get(SourcesService).byName(source.name)).rejects.toMatchObject({ code: 'source_unknown' });
    const { rows } = await test.pool.query('select options, secrets from sources where id = $1', [source.id]);
    expect(rows).toEqual([{ options: {}, secrets: {} }]);
    const other = await test.admin.post('/api/sources', { name: source.name, type: 'push' });
    expect([other.status, other.body.id === source.id]).toEqual([201, false]);
  });

  it('gives its records back to a new source of the same name and type', async () => {
    const source = await create({ priority: 7 });
    await addRecord(source.id, 'r1');
    await test.admin.delete(`/api/sources/${source.id}?people=keep`);
    const back = await create({ name: source.name, options: { ...OPTIONS, url: 'https://new.test/' } });
    expect(back).toMatchObject({
      id: source.id,
      priority: 100,
      options: { url: 'https://new.test/' },
      secretsSet: ['token'],
    });
    expect(await uids(source.id)).toEqual(['r1']);
  });

  it('forgets the records of a source that was deleted more than 30 days ago, and only those', async () => {
    const [old, recent, live] = [await create(), await create(), await create()];
    for (const { id } of [old, recent, live]) await addRecord(id, 'r');
    for (const { id } of [old, recent]) await test.admin.delete(`/api/sources/${id}?people=keep`);
    const age = `update sources set deleted_at = now() - make_interval(days => $2) where id = $1`;
    await test.pool.query(age, [old.id, 31]);
    await test.pool.query(age, [recent.id, 29]);
    expect(await test.app.get(ForgetDeletedService).forget()).toEqual([old.id]);
    expect([await uids(old.id), await uids(recent.id), await uids(live.id)]).toEqual([[], ['r'], ['r']]);
    expect(await test.app.get(ForgetDeletedService).forget()).toEqual([]);
    expect((await create({ name: old.name })).id).toBe(old.id);
  });

  it('waits for a task of the source', async () => {
    const source = await create();
    await addTask(source.id, 'queued');
    expect(await test.admin.delete(`/api/sources/${source.id}?people=keep`)).toMatchObject({
      status: 409,
      body: { code: 'conflict', detail: expect.stringContaining('is queued. Wait for it or cancel it') },
    });
    await test.pool.query(`delete from tasks where source_id = $1`, [source.id]);
  });
});

describe('reading sources', () => {
  it('shows the newest task and the last success of each', async () => {
    const source = await create();
    await addTask(source.id, 'succeeded', '2026-01-01T00:00:00Z');
    await addTask(source.id, 'succeeded', '2026-01-02T00:00:00Z');
    await addTask(source.id, 'failed', '2026-01-03T00:00:00Z');
    const { body } = await test.admin.get(`/api/sources?q=${source.name}`);
    const [shown] = body.items.filter((item: { id: number }) => item.id === source.id);
    expect(shown).toMatchObject({
      lastTask: { kind: 'pull', status: 'failed', finishedAt: '2026-01-03T00:00:00.000Z' },
      lastSucceededAt: '2026-01-02T00:00:00.000Z',
    });
  });

  it('pages and sorts', async () => {
    const { body } = await test.admin.get('/api/sources?pageSize=2&page=2&sort=-id');
    const all = (await test.admin.get('/api/sources?pageSize=200&sort=-id')).body;
    expect(body.items.map((item: { id: number }) => item.id)).toEqual(
      all.items.slice(2, 4).map((item: { id: number }) => item.id),
    );
    expect(body.total).toBe(all.items.length);
    expect((await test.admin.get('/api/sources?sort=secrets')).status).toBe(400);
  });

  it('lets a key with scope push see its own source and nothing else', async () => {
    const [mine, other] = [await create(), await create()];
    const key = await test.key(['push'], mine.id);
    expect((await key.get('/api/sources')).body.items.map((item: { id: number }) => item.id)).toEqual([mine.id]);
    expect((await key.get(`/api/sources/${mine.id}`)).body.id).toBe(mine.id);
    expect((await key.get(`/api/sources/${other.id}`)).status).toBe(403);
    expect((await key.patch(`/api/sources/${mine.id}`, { priority: 1 })).status).toBe(403);
    const unbound = await test.key(['push']);
    expect((await unbound.get('/api/sources')).body.items).toEqual([]);
    expect((await unbound.get('/api/adapters')).status).toBe(403);
  });

  it('is refused without credentials, and changes are refused to readers', async () => {
    const source = await create();
    expect((await test.anonymous.get('/api/sources')).status).toBe(401);
    const reader = await test.key(['read']);
    expect((await reader.get(`/api/sources/${source.id}`)).status).toBe(200);
    for (const refused of [
      await reader.post('/api/sources', { name: newName(), type: 'push' }),
      await reader.patch(`/api/sources/${source.id}`, {}),
      await reader.delete(`/api/sources/${source.id}?people=keep`),
      await reader.post('/api/sources/check', { type: 'push' }),
      await reader.post(`/api/sources/${source.id}/check`),
    ]) {
      expect(refused.status).toBe(403);
    }
  });

  it('says how to add a source that is not there, and how to enable one that is off', async () => {
    const sources = test.app.get(SourcesService);
    await expect(sources.byName('nowhere')).rejects.toThrow('POST /api/sources {"name":"nowhere","type":"push"}');
    await expect(sources.byId(999_999)).rejects.toMatchObject({ code: 'not_found' });
    const { id, name } = await create({ enabled: false });
    await expect(sources.requireEnabled({ id, enabled: false })).rejects.toThrow(
      `The source "${name}" is disabled. Enable it`,
    );
  });
});

it('lists a source whose stored schedule never comes', async () => {
  const source = await create();
  await test.pool.query(`update sources set schedule = '{"cron": "0 0 30 2 *", "timeZone": "Mars"}' where id = $1`, [
    source.id,
  ]);
  expect((await test.admin.get(`/api/sources/${source.id}`)).body.nextRunAt).toBeNull();
});

describe('a source whose adapter is gone', () => {
  it('keeps its data, says so, and can still be disabled and deleted', async () => {
    const { body: source } = await test.admin.post('/api/sources', { name: newName(), type: 'push' });
    await test.pool.query(
      `update sources set type = 'lost', options = '{"url": "https://x.test"}', secrets = '{"token": "v1.x.y"}' where id = $1`,
      [source.id],
    );
    expect((await test.admin.get(`/api/sources/${source.id}`)).body).toMatchObject({
      type: 'lost',
      options: { url: 'https://x.test' },
      secretsSet: ['token'],
      adapterError: expect.stringContaining('"lost" is not installed'),
    });
    expect((await test.admin.get('/api/sources?pageSize=200')).status).toBe(200);
    expect((await update(source, { enabled: false })).body).toMatchObject({ enabled: false, secretsSet: ['token'] });
    expect(await update(source, { options: {} })).toMatchObject({ status: 503, body: { code: 'adapter_missing' } });
    expect((await test.admin.post(`/api/sources/${source.id}/check`)).status).toBe(503);
    expect((await test.admin.delete(`/api/sources/${source.id}?people=keep`)).status).toBe(204);
  });
});

describe('a source whose options a newer version of its adapter saved', () => {
  it('says so, and goes on once its options are saved anew', async () => {
    const { body: source } = await test.admin.post('/api/sources', { name: newName(), type: 'push' });
    await test.pool.query('update sources set options_version = 2 where id = $1', [source.id]);
    expect((await test.admin.get(`/api/sources/${source.id}`)).body.adapterError).toMatch(
      /newer version of the adapter "push". Install that one again, or open the source and save its options anew/,
    );
    expect((await update(source, { options: {} })).body).toMatchObject({ adapterError: null });
  });
});

async function addRecord(sourceId: number, uid: string): Promise<void> {
  await test.pool.query(
    `insert into records (source_id, data_type, uid, payload, seen_hash, hash, task_id)
     values ($1, 'user', $2, '{}', gen_random_uuid(), gen_random_uuid(), 1)`,
    [sourceId, uid],
  );
}

async function uids(sourceId: number): Promise<string[]> {
  const { rows } = await test.pool.query('select uid from records where source_id = $1 order by uid', [sourceId]);
  return rows.map((row) => row.uid);
}

async function addTask(sourceId: number, status: string, finishedAt?: string): Promise<void> {
  await test.pool.query(`insert into tasks (source_id, kind, status, finished_at) values ($1, 'pull', $2, $3)`, [
    sourceId,
    status,
    finishedAt ?? null,
  ]);
}
