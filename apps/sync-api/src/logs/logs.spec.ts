import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import { type TestApp, startTestApp } from '../testing/start-test-app';
import type { TestClient } from '../testing/test-client';
import { LogFiles, logFiles, removeOldLogFiles } from './log-files';
import { RawArchive } from './raw-archive';
import { withLogContext } from './request-context';

let rollcall: TestApp;

beforeAll(async () => {
  rollcall = await startTestApp({ LOG_LEVEL: 'info' });
});

afterAll(() => rollcall.close());

async function lines(): Promise<Record<string, unknown>[]> {
  const files = await logFiles(rollcall.config.logDirectory);
  const texts = await Promise.all(files.map((path) => readFile(path, 'utf8')));
  return texts
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function newTask(): Promise<number> {
  const { rows } = await rollcall.pool.query<{ id: number }>(
    "insert into tasks (source_id, kind, status) select id, 'push', 'succeeded' from sources where name = 'api' returning id",
  );
  return rows[0]!.id;
}

describe('the system log', () => {
  test('has one line for each request, under the id that the answer carries', async () => {
    const { headers } = await rollcall.admin.get('/api/tasks?q=zhang.wei@example.com');
    const id = headers.get('x-request-id');
    const found = (await lines()).filter(({ requestId }) => requestId === id);
    expect(found).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        requestId: id,
        method: 'GET',
        path: '/api/tasks',
        status: 200,
        caller: expect.stringMatching(/^admin:\d+$/),
        ms: expect.any(Number),
        msg: 'answered',
      },
    ]);
  });

  test('does not tell where a request came from, which the audit knows', async () => {
    withLogContext({ requestId: 'from-somewhere', address: '203.0.113.7' }, () => new Logger('test').log('meanwhile'));
    const [line] = (await lines()).filter(({ requestId }) => requestId === 'from-somewhere');
    expect(line).toMatchObject({ msg: 'meanwhile' });
    expect(JSON.stringify(line)).not.toContain('203.0.113.7');
  });

  test('has no secret and nobody in it', async () => {
    const key = await rollcall.key(['push']);
    await key.post('/api/userData:push?token=in-the-query', {
      dataType: 'user',
      records: [{ uid: 'u-secret', email: 'wang.fang@example.com', phone: '+8613800000000', nickname: '王芳' }],
    });
    await rollcall.anonymous.post('/api/auth/sign-in', {
      username: 'wang.fang@example.com',
      password: 'hunter2hunter2',
    });
    await key.request('POST', '/api/userData:push', { rawBody: '{"email": wang.fang@example.com}' });
    new Logger('Test').log({
      password: 'hunter2hunter2',
      nested: { authorization: 'Bearer abc-secret' },
      email: 'wang.fang@example.com',
    });
    const text = JSON.stringify(await lines());
    for (const secret of [
      'wang.fang',
      '13800000000',
      '王芳',
      'hunter2',
      'abc-secret',
      'in-the-query',
      key.headers['Authorization']!.slice(-20),
      rollcall.admin.headers['Cookie']!.slice(-20),
    ]) {
      expect({ secret, found: text.includes(secret) }).toEqual({ secret, found: false });
    }
    expect(text).toContain('[redacted]');
  });

  test('explains an error of the service without the values that Postgres quotes', async () => {
    await rollcall.pool.query('alter table audit rename to audit_away');
    const { body } = await rollcall.admin
      .get('/api/audit')
      .finally(() => rollcall.pool.query('alter table audit_away rename to audit'));
    const line = (await lines()).find(({ requestId, err }) => requestId === body.requestId && err);
    expect(line).toMatchObject({ level: 'error', code: 'internal', err: { code: '42P01', stack: expect.any(String) } });
    expect(line!['err']).not.toHaveProperty('parameters');
    expect(line!['err']).not.toHaveProperty('query');
  });

  test('cannot be given lines of their own by what people send', async () => {
    await rollcall.anonymous.get('/api/x%0a{"level":"info","msg":"forged"}');
    expect((await lines()).filter(({ msg }) => msg === 'forged')).toEqual([]);
  });
});

describe('the lines of a task', () => {
  test('are found among all others, in order, with what they carry', async () => {
    const id = await newTask();
    const logger = new Logger('Engine');
    withLogContext({ taskId: id, requestId: 'the-request' }, () => {
      logger.log('first');
      logger.warn({ rows: 3 }, 'second');
    });
    withLogContext({ taskId: id * 10 + 1 }, () => logger.log(`another, that mentions "taskId":${id}, too`));
    const answer = await rollcall.admin.get(`/api/tasks/${id}/log`);
    expect(answer).toMatchObject({ status: 200, body: { total: 2, page: 1 } });
    expect(answer.body.items).toEqual([
      {
        time: expect.any(String),
        level: 'info',
        message: 'first',
        context: 'Engine',
        requestId: 'the-request',
        details: {},
      },
      {
        time: expect.any(String),
        level: 'warn',
        message: 'second',
        context: 'Engine',
        requestId: 'the-request',
        details: { rows: 3 },
      },
    ]);
    const second = await rollcall.admin.get(`/api/tasks/${id}/log?page=2&pageSize=1`);
    expect(second.body.items).toMatchObject([{ message: 'second' }]);
    const worrying = await rollcall.admin.get(`/api/tasks/${id}/log?level=warn`);
    expect(worrying.body).toMatchObject({ total: 1, items: [{ message: 'second' }] });
    expect(await rollcall.admin.get(`/api/tasks/${id}/log?level=loud`)).toMatchObject({ status: 400 });
  });

  test('are not there for a task that is not', async () => {
    expect(await rollcall.admin.get('/api/tasks/424242/log')).toMatchObject({ status: 404 });
  });
});

describe('the raw records of a task', () => {
  let operator: TestClient;

  beforeAll(async () => {
    operator = await rollcall.key(['admin']);
  });

  test('are downloaded as they were received, and the download is audited', async () => {
    const id = await newTask();
    const archive = rollcall.app.get(RawArchive);
    await archive.writeOnce(id, 'user', [{ uid: '1', nickname: '张三' }, 'odd']);
    const answer = await operator.get(`/api/tasks/${id}/raw`);
    expect(answer).toMatchObject({
      status: 200,
      body: '{"dataType":"user","record":{"uid":"1","nickname":"张三"}}\n{"dataType":"user","record":"odd"}\n',
    });
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="task-${id}.ndjson"`);
    const plain = await operator.get(`/api/tasks/${id}/raw`, { 'Accept-Encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.body).toBe(answer.body);
    const audit = await rollcall.admin.get(`/api/audit?subject=task:${id}`);
    expect(audit.body.items).toMatchObject([{ action: 'task.download_raw' }, { action: 'task.download_raw' }]);
  });

  test('that are not kept any more say why', async () => {
    const id = await newTask();
    const answer = await operator.get(`/api/tasks/${id}/raw`);
    expect(answer).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('ROLLCALL_RAW_RETENTION_DAYS') },
    });
  });

  test('can be broken off by whoever downloads them', async () => {
    const id = await newTask();
    const writer = await rollcall.app.get(RawArchive).open(id);
    const page = Array.from({ length: 20_000 }, () => ({ about: Math.random().toString(36).repeat(20) }));
    for (let number = 0; number < 5; number++) await writer.write('user', page);
    await writer.close();
    const download = request(`${rollcall.url}/api/tasks/${id}/raw`, { headers: operator.headers });
    download.end();
    const [response] = (await once(download, 'response')) as [NodeJS.ReadableStream];
    await once(response, 'readable');
    download.on('error', () => undefined).destroy();
    expect((await rollcall.anonymous.get('/api/health/live')).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await lines()).filter(({ level, path }) => level === 'error' && path === `/api/tasks/${id}/raw`)).toEqual(
      [],
    );
  });
});

describe('files of the system log', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rollcall-logs-'));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const fail = (error: Error): never => {
    throw error;
  };

  test('go on in a new file when one is full, and a later process takes the last one up', async () => {
    const first = new LogFiles(directory, fail, 100);
    for (let number = 0; number < 10; number++) first.write(`${'x'.repeat(39)}\n`);
    first.close();
    const second = new LogFiles(directory, fail, 100);
    second.write('the last line\n');
    second.close();
    const files = await logFiles(directory);
    expect(files.map((path) => path.slice(-8))).toEqual(['1.ndjson', '2.ndjson', '3.ndjson', '4.ndjson']);
    expect(files.map((path) => readFileSync(path, 'utf8').split('\n').length - 1)).toEqual([3, 3, 3, 2]);
  });

  test('may be shared by two processes without losing a line', async () => {
    const processes = [new LogFiles(directory, fail, 500), new LogFiles(directory, fail, 500)];
    for (let number = 0; number < 100; number++) for (const one of processes) one.write(`line ${number}\n`);
    for (const one of processes) one.close();
    const texts = (await logFiles(directory)).map((path) => readFileSync(path, 'utf8'));
    expect(texts.join('').trimEnd().split('\n')).toHaveLength(200);
  });

  test('are removed when they are old, and the oldest when there are many', async () => {
    for (let number = 1; number <= 60; number++)
      await writeFile(join(directory, `system-2026-01-01.${number}.ndjson`), '');
    await writeFile(join(directory, 'system-2026-01-02.1.ndjson'), '');
    await writeFile(join(directory, 'not-ours.ndjson'), '');
    await utimes(join(directory, 'system-2026-01-02.1.ndjson'), 0, 0);
    await removeOldLogFiles(directory, 30);
    const names = (await logFiles(directory)).map((path) => path.slice(directory.length + 1));
    expect(names).toHaveLength(49);
    expect(names).not.toContain('system-2026-01-01.9.ndjson');
    expect(names).toContain('system-2026-01-01.60.ndjson');
    expect(names).not.toContain('system-2026-01-02.1.ndjson');
    expect(readFileSync(join(directory, 'not-ours.ndjson'), 'utf8')).toBe('');
  });
});
