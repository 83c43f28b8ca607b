import type { Page } from '@rollcall/core';
import { installScriptedSource } from '../../testing/scripted-source';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import { itThorough } from '../../testing/thorough';
import { until, untilEnded } from '../../testing/until';

jest.setTimeout(60_000);

const scripted = installScriptedSource();
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp(scripted.env);
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

/** 20 pages of 500 users each; `nickname` makes them differ. */
const pages = (nickname: string): Page[] =>
  Array.from({ length: 20 }, (_, page) => ({
    dataType: 'user',
    records: Array.from({ length: 500 }, (_, n) => ({
      uid: `u${page * 500 + n}`,
      username: `u${page * 500 + n}`,
      nickname,
    })),
  }));

describe('rule 12: a read that is cut short', () => {
  it('creates and updates with what came before page 7 of 20 failed, and removes nobody', async () => {
    const options = { file: scripted.file };
    const { body: source } = await app.admin.post('/api/sources', { name: 'cut', type: 'scripted', options });
    const sync = async (): Promise<number> => (await app.admin.post(`/api/sources/${source.id}/sync`)).body.id;

    scripted.play({ pages: pages('old').slice(1), complete: { user: true } });
    await untilEnded(app.admin, await sync());
    const error = { code: 'network', message: 'The connection was lost.' };
    scripted.play({ pages: pages('new'), complete: { user: true }, interruption: { page: 6, error } });
    const id = await sync();
    const waiting = await until(
      () => app.admin.get(`/api/tasks/${id}`),
      ({ body }) => body.nextAttemptAt !== undefined,
    );
    expect(waiting.body).toMatchObject({ status: 'queued', code: 'network' });
    // The last try comes next.
    await app.pool.query('update tasks set attempts = 2 where id = $1', [id]);
    const ended = await untilEnded(app.admin, id);
    expect(ended.body).toMatchObject({
      status: 'partially_succeeded',
      code: 'network',
      message: expect.stringContaining('The connection was lost.'),
      counts: { users: { created: 500, updated: 2_500, disabled: 0, deleted: 0 } },
    });
    const { rows } = await app.pool.query('select status, count(*)::int as n from users group by status');
    expect(rows).toEqual([{ status: 'active', n: 10_000 }]);
  }, 120_000);

  it.each([
    [[{ uid: 'a', email: 'bad' }], 'failed', 'Nothing of what it had brought could be applied.'],
    [[{ uid: 'a', email: 'bad' }, { uid: 'b' }], 'partially_succeeded', 'What it had brought was applied.'],
  ])('says whether anything of it was applied: %j', async (records, status, said) => {
    const options = { file: scripted.file };
    const body = { name: `cut-${status.replace('_', '-')}`, type: 'scripted', options };
    const { body: source } = await app.admin.post('/api/sources', body);
    scripted.play({ pages: [{ dataType: 'user', records }], error: { code: 'permission', message: 'No.' } });
    const { body: started } = await app.admin.post(`/api/sources/${source.id}/sync`);
    const ended = (await untilEnded(app.admin, started.id)).body;
    expect(ended).toMatchObject({ status, code: 'permission' });
    expect(ended.message).toContain(said);
    expect(ended.message.match(/had brought/g)).toHaveLength(1);
  });

  itThorough(
    'does so for every error that says nothing against what came before it',
    async () => {
      const options = { file: scripted.file };
      const { body: source } = await app.admin.post('/api/sources', { name: 'cut-too', type: 'scripted', options });
      for (const code of [
        'vendor_busy',
        'read_interrupted',
        'credentials',
        'permission',
        'configuration',
        'internal',
      ]) {
        const records = [{ uid: 'cut-too', nickname: code }];
        scripted.play({
          pages: [{ dataType: 'user', records }],
          error: { code, message: `It broke\0 ${'x'.repeat(50_000)}` },
        });
        const { id } = (await app.admin.post(`/api/sources/${source.id}/sync`)).body;
        await app.pool.query('update tasks set attempts = 2 where id = $1', [id]);
        const { body } = await untilEnded(app.admin, id);
        expect(body).toMatchObject({
          status: 'partially_succeeded',
          code,
          message: expect.stringContaining('It broke x'),
        });
        expect(body.message.length).toBeLessThan(3_000);
        const { rows } = await app.pool.query(`select nickname from users where nickname = $1`, [code]);
        expect(rows).toHaveLength(1);
      }
    },
    60_000,
  );
});
