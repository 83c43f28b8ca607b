import type { Page } from '@rollcall/core';
import { TaskLeases } from '../../tasks/task-leases';
import type { TaskRow } from '../../tasks/task-row';
import { TAKE_SIGN } from '../../tasks/task-sql';
import { type ScriptedSyncs, startScriptedSyncs } from '../../testing/scripted-syncs';
import { startTestApp } from '../../testing/start-test-app';
import type { TestAnswer } from '../../testing/test-client';
import { until, untilEnded } from '../../testing/until';
import { Report } from '../report';
import { inTransaction } from '../sql-session';

let syncs: ScriptedSyncs;
let sourceId: number;

beforeAll(async () => {
  syncs = await startScriptedSyncs();
});

afterAll(() => syncs.close());

beforeEach(async () => {
  await syncs.app.emptyDirectory();
  sourceId = await syncs.addSource();
});

const people = (n: number): Page => ({
  dataType: 'user',
  records: Array.from({ length: n }, (_, index) => ({ uid: `u${index}`, username: `u${index}`, departments: ['d'] })),
});
const departments: Page = { dataType: 'department', records: [{ uid: 'd', title: 'D' }] };

const query = (text: string, values: unknown[] = []): Promise<{ rows: Record<string, unknown>[] }> =>
  syncs.app.pool.query(text, values);

/** Holds up whoever writes memberships while `work` runs: the task has committed its users and stands before the rest. */
async function heldUpBeforeMemberships(work: () => Promise<void>): Promise<void> {
  const client = await syncs.app.pool.connect();
  try {
    await client.query('begin; lock table memberships in share mode');
    await work();
  } finally {
    await client.query('rollback');
    client.release();
  }
}

describe('rule 20: a released plan', () => {
  it('goes on from its committed position after an interruption, and is not planned anew', async () => {
    let ended: Promise<TestAnswer> | undefined;
    await heldUpBeforeMemberships(async () => {
      ended = syncs.sync(sourceId, { pages: [departments, people(50)], complete: { user: true } });
      await until(
        () => query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`),
        ({ rows }) => rows.length > 0,
      );
      const { rows } = await query(
        `select array(select jsonb_object_keys(applied_positions) order by 1) as positions from tasks where source_id = $1`,
        [sourceId],
      );
      expect(rows).toEqual([{ positions: ['departments/department', 'users/user'] }]);
      await query(`update changes set message = 'planned once'`);
      await query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      );
    });
    const { body } = (await ended) as TestAnswer;
    expect(body).toMatchObject({
      status: 'succeeded',
      counts: { users: { created: 50 }, departments: { created: 1, updated: 50 } },
    });
    const { rows } = await query(
      `select count(*) filter (where message = 'planned once')::int as kept, count(*)::int as n from changes where task_id = $1`,
      [body.id],
    );
    expect(rows).toEqual([{ kept: 101, n: 101 }]);
    expect((await query('select from memberships')).rows).toHaveLength(50);
  });

  it('applies nothing when it is cancelled before its first batch', async () => {
    await query(`
      create function cancel_on_release() returns trigger language plpgsql as $$ begin
        new.cancel_requested := true;
        return new;
      end $$;
      create trigger cancel_on_release before update on tasks for each row
        when (old.released_at is null and new.released_at is not null) execute function cancel_on_release()`);
    try {
      const { body } = await syncs.sync(sourceId, { pages: [departments, people(5)], complete: {} });
      expect(body.status).toBe('cancelled');
    } finally {
      await query('drop function cancel_on_release cascade');
    }
    expect((await query('select from departments union all select from users')).rows).toEqual([]);
  });

  it('is left alone by whoever took it before, even in the same process', async () => {
    const leases = syncs.app.app.get(TaskLeases);
    const { rows } = await syncs.app.pool.query<TaskRow>(
      `insert into tasks (source_id, kind, mode, status) values ($1, 'pull', 'full', 'queued') returning *`,
      [sourceId],
    );
    const taken = await leases.claim(rows[0]!.id);
    await query(`update tasks set lease_until = now() - interval '1 second' where id = $1`, [taken!.id]);
    expect(await leases.requeueLost()).toEqual([taken!.id]);
    const again = await leases.claim(taken!.id);
    const renew = (task: TaskRow): Promise<unknown> =>
      inTransaction(syncs.app.pool, { prepared: false }, (sql) => leases.renew(sql, task));
    await expect(renew(taken!)).rejects.toMatchObject({ code: 'lease_lost' });
    expect([await leases.heartbeat(taken!), await leases.heartbeat(again!)]).toEqual(['lost', 'running']);
    await renew(again!);
    await query('delete from tasks where id = $1', [taken!.id]);
  });

  it('goes to another worker within seconds when its own is gone for certain, and not while that may live', async () => {
    const leases = syncs.app.app.get(TaskLeases);
    await until(
      () =>
        query(`select from (select pg_postmaster_start_time() as began) p where began < now() - interval '15 seconds'`),
      ({ rows }) => rows.length === 1,
    );
    const worker = await syncs.app.pool.connect();
    await worker.query(TAKE_SIGN, ['worker']);
    const { rows } = await query(
      `insert into tasks (source_id, kind, mode, status, attempts, claims, lease_owner, lease_until, next_attempt_at)
       values ($1, 'push', 'full', 'running', 1, 1, 'worker', now() + interval '8 seconds', now() + interval '1 hour')
       returning id`,
      [sourceId],
    );
    const id = Number(rows[0]?.['id']);
    const shown = async (): Promise<TestAnswer['body']> => (await syncs.app.admin.get(`/api/tasks/${id}`)).body;
    expect(await leases.requeueLost()).toEqual([]);
    expect(await shown()).toMatchObject({ status: 'running', message: null });

    // Nobody takes it over before it was looked at.
    const looking = await syncs.app.pool.connect();
    try {
      await looking.query('begin; select from tasks where id = ' + String(id) + ' for update');
      worker.release(true);
      const gone = await until(shown, ({ message }) => message !== null);
      expect(gone).toMatchObject({ status: 'running', notes: [{ code: 'worker_gone' }] });
      expect(gone.message).toMatch(
        /^The process that worked on it is gone\. .* at \d\d:\d\d:\d\d UTC at the latest\.$/,
      );
    } finally {
      await looking.query('rollback');
      looking.release();
    }
    const requeued = await until(shown, ({ status }) => status === 'queued', 5);
    expect(requeued.nextAttemptAt).toBeDefined();
    await query('update tasks set next_attempt_at = null, claims = claims + 1 where id = $1', [id]);
    expect(await untilEnded(syncs.app.admin, id)).toMatchObject({ body: { status: 'succeeded', attempts: 1 } });
  });

  it('says that it waits for a worker as long as none is there, to whoever follows it', async () => {
    const alone = await startTestApp({ ROLLCALL_ROLE: 'api' });
    try {
      const { rows } = await alone.pool.query<{ id: number }>(
        `insert into tasks (source_id, kind, status, attempts, claims, lease_owner, lease_until)
         select id, 'push', 'running', 1, 1, 'worker', now() - interval '1 minute' from sources where name = 'api' returning id`,
      );
      const waiting = { code: 'worker_awaited', values: {} };
      await until(
        () => alone.admin.get(`/api/tasks/${rows[0]?.id}`),
        ({ body }) => body.notes?.[0]?.code === waiting.code,
      );
      const response = await fetch(`${alone.url}/api/tasks/events`, { headers: alone.admin.headers });
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      let told = '';
      while (!told.includes(waiting.code)) told += (await reader.read()).value ?? '';
      await reader.cancel();
      await alone.pool.query(`update tasks set status = 'queued' where id = $1`, [rows[0]?.id]);
      expect((await alone.admin.get(`/api/tasks/${rows[0]?.id}`)).body.notes).toMatchObject([waiting]);
    } finally {
      await alone.close();
    }
  });

  it('is not ended by a worker that met an error after another one had taken it over', async () => {
    const { rows } = await syncs.app.pool.query<TaskRow>(
      `insert into tasks (source_id, kind, mode, status, attempts, lease_owner, lease_until)
       values ($1, 'pull', 'full', 'running', 1, 'another', now() + interval '1 minute') returning *`,
      [sourceId],
    );
    const [task] = rows as [TaskRow];
    expect(await syncs.app.app.get(Report).failed(task, new Error('connection lost'))).toBeUndefined();
    const now = await query('select status, lease_owner from tasks where id = $1', [task.id]);
    expect(now.rows).toEqual([{ status: 'running', lease_owner: 'another' }]);
    await query(`delete from tasks where id = $1`, [task.id]);
  });

  it('is tried again by an admin under the same task, with another attempt, planned anew', async () => {
    await query(`insert into users (username) values ('u1')`);
    const first = await syncs.sync(sourceId, { pages: [departments, people(3)], complete: { user: true } });
    expect(first.body).toMatchObject({ status: 'partially_succeeded', attempts: 1 });
    await query(`update users set username = 'free' where id = 1`);
    const retried = await syncs.app.admin.post(`/api/tasks/${first.body.id}/retry`);
    expect(retried.body.id).toBe(first.body.id);
    const ended = await untilEnded(syncs.app.admin, first.body.id);
    expect(ended.body).toMatchObject({ status: 'succeeded', attempts: 2, counts: { users: { created: 3 } } });
  });
});
