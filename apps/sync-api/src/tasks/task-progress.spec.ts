import { setTimeout as sleep } from 'node:timers/promises';
import { type ScriptedSyncs, startScriptedSyncs } from '../testing/scripted-syncs';
import { SnapshotClient } from '../testing/snapshot-client';
import { until, untilEnded } from '../testing/until';
import type { TaskView } from './task-view';

let syncs: ScriptedSyncs;

beforeAll(async () => {
  syncs = await startScriptedSyncs();
});

afterAll(() => syncs.close());

beforeEach(() => syncs.app.emptyDirectory());

const people = (n: number, from = 0): { uid: string; username: string }[] =>
  Array.from({ length: n }, (_, index) => ({ uid: `u${from + index}`, username: `u${from + index}` }));

/** Follows the stream of events while `work` runs. */
async function eventsDuring(work: () => Promise<unknown>): Promise<TaskView[]> {
  const { url, admin } = syncs.app;
  const stop = new AbortController();
  const response = await fetch(`${url}/api/tasks/events`, { headers: admin.headers, signal: stop.signal });
  const events: TaskView[] = [];
  const reading = (async () => {
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)) as TaskView);
    }
  })();
  await work();
  stop.abort();
  await reading.catch((error: unknown) => expect(error).toMatchObject({ name: 'AbortError' }));
  return events;
}

it('is told while a source is read: how many records have come so far', async () => {
  const sourceId = await syncs.addSource();
  const pages = Array.from({ length: 6 }, (_, n) => ({ dataType: 'user' as const, records: people(40, n * 40) }));
  const events = await eventsDuring(async () => {
    await syncs.sync(sourceId, { pages, pauseMs: 600, complete: { user: true } });
    await sleep(300);
  });
  const read = events.filter(({ progress }) => progress.step === 'read').map(({ progress }) => progress.done);
  expect(read).toEqual(read.toSorted((a, b) => a - b));
  expect(new Set(read.filter((done) => done > 0)).size).toBeGreaterThanOrEqual(4);
  expect(events.at(-1)).toMatchObject({ status: 'succeeded', progress: { step: 'report' } });
});

it('is told a few times a second, however often the row changes', async () => {
  const { pool } = syncs.app;
  const { rows } = await pool.query<{ id: number }>('select max(id) as id from tasks');
  const events = await eventsDuring(async () => {
    for (let n = 0; n < 40; n++) await pool.query(`select pg_notify('rollcall_tasks', $1)`, [String(rows[0]!.id)]);
    await sleep(400);
  });
  expect(events.length).toBeGreaterThanOrEqual(2);
  expect(events.length).toBeLessThanOrEqual(8);
});

describe('goes through the steps as others see them', () => {
  /** What every commit leaves in the rows of tasks. */
  beforeAll(() =>
    syncs.app.pool.query(`
      create table seen (n serial, tx xid8 default pg_current_xact_id(), task_id bigint, step text, done bigint, total bigint);
      create function see() returns trigger language plpgsql as $$ begin
        insert into seen (task_id, step, done, total) values (new.id, new.step, new.done, new.total);
        return new;
      end $$;
      create trigger see after insert or update on tasks for each row execute function see()`),
  );

  afterAll(() => syncs.app.pool.query('drop function see() cascade; drop table seen'));

  /** The steps, each with what was done of how much when it was seen first and last. */
  async function stepsOf(taskId: number): Promise<unknown[]> {
    await untilEnded(syncs.app.admin, taskId);
    const { rows } = await until(
      () =>
        syncs.app.pool.query<{ step: string | null; done: number; total: number | null }>(
          `select step, done, total from seen
           where n in (select max(n) from seen where task_id = $1 group by tx) order by n`,
          [taskId],
        ),
      ({ rows: all }) => all.at(-1)?.step === 'report',
    );
    return rows.reduce<unknown[][]>((steps, { step, done, total }) => {
      if (step === null) return steps;
      const last = steps.at(-1);
      const now = `${done} of ${total ?? '?'}`;
      if (last?.[0] === step) last.splice(2, 1, now);
      else steps.push([step, now, now]);
      return steps;
    }, []);
  }

  it('when a source is read', async () => {
    const pages = [{ dataType: 'user' as const, records: people(30) }];
    const { body } = await syncs.sync(await syncs.addSource(), { pages, complete: { user: true } });
    expect(await stepsOf(body.id)).toEqual([
      ['read', '0 of ?', '30 of ?'],
      ['stage', '0 of 30', '30 of 30'],
      ['plan', '0 of ?', '0 of ?'],
      ['apply', '0 of 30', '30 of 30'],
      ['report', '30 of 30', '30 of 30'],
    ]);
  });

  it('when a snapshot was committed', async () => {
    const { body: source } = await syncs.app.admin.post('/api/sources', { name: 'snapshots', type: 'push' });
    const client = new SnapshotClient(syncs.app.admin);
    const id = await client.open({ sourceId: source.id, dataTypes: ['user'] });
    await client.add(id, people(20));
    const { body } = await client.commit(id, { user: 20 });
    expect(await stepsOf(body.id)).toEqual([
      ['read', '20 of 20', '20 of 20'],
      ['stage', '0 of 20', '20 of 20'],
      ['plan', '0 of ?', '0 of ?'],
      ['apply', '0 of 20', '20 of 20'],
      ['report', '20 of 20', '20 of 20'],
    ]);
  });

  it('when a large push was sent', async () => {
    const body = { dataType: 'user', records: people(1_001) };
    const pushed = await syncs.app.admin.post('/api/userData:push', body);
    expect(await stepsOf(pushed.body.data.taskId)).toEqual([
      ['stage', '1001 of 1001', '1001 of 1001'],
      ['plan', '0 of ?', '0 of ?'],
      ['apply', '0 of 1001', '1001 of 1001'],
      ['report', '1001 of 1001', '1001 of 1001'],
    ]);
  });
});
