import { TaskLeases } from '../tasks/task-leases';
import { installScriptedSource } from '../testing/scripted-source';
import { startTestApp, type TestApp } from '../testing/start-test-app';
import { until } from '../testing/until';
import { Spine } from './spine';

const scripted = installScriptedSource();
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp(scripted.env);
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

const row = async (id: number): Promise<unknown> =>
  (
    await app.pool.query(
      'select status, attempts, workers_lost, message, error_code, next_attempt_at from tasks where id = $1',
      [id],
    )
  ).rows[0];

describe('a process that is asked to stop', () => {
  it('puts down what it reads: that is no attempt, no lost worker and no error, however often it happens', async () => {
    scripted.play({ pages: [{ dataType: 'user', records: [] }], hangs: true });
    const source = await app.admin.post('/api/sources', {
      name: 'slow',
      type: 'scripted',
      options: { file: scripted.file },
    });
    const { body } = await app.admin.post(`/api/sources/${source.body.id}/sync`);
    await until(
      () => row(body.id),
      (task) => (task as { status: string }).status === 'running',
    );
    const spine = app.app.get(Spine);
    await spine.onModuleDestroy();
    const putDown = { status: 'queued', attempts: 1, message: null, error_code: null, next_attempt_at: null };
    expect(await row(body.id)).toEqual({ ...putDown, workers_lost: -1 });
    // It takes nothing any more, so another process can.
    expect(await spine.run(body.id)).toBeUndefined();
    const leases = app.app.get(TaskLeases);
    expect(await leases.claim(body.id)).toMatchObject({ attempts: 1, workers_lost: 0 });
  });
});
