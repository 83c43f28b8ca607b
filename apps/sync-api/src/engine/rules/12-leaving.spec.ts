import type { Page } from '@rollcall/core';
import { installScriptedSource } from '../../testing/scripted-source';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { untilEnded } from '../../testing/until';

type Fields = Record<string, unknown>;
type Person = Fields & { uid: string };
type Leaving = 'keep' | 'disable' | 'delete';

const scripted = installScriptedSource();
let app: TestApp;
let client: TestClient;
let sourceId: number;
let number = 0;

beforeAll(async () => {
  app = await startTestApp(scripted.env);
  client = await app.key(['push', 'read']);
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

beforeEach(async () => {
  await app.emptyDirectory();
  const name = `scripted-${++number}`;
  const source = await app.admin.post('/api/sources', {
    name,
    type: 'scripted',
    options: { file: scripted.file },
    matchKey: ['username'],
  });
  sourceId = source.body.id;
});

const person = (uid: string, more: Fields = {}): Person => ({ uid, username: uid, departments: ['d'], ...more });

const DEPARTMENT: Page = { dataType: 'department', records: [{ uid: 'd', title: 'D' }] };

/** A complete read of these people and department `d`. */
async function read(people: Person[], departments: Page = DEPARTMENT): Promise<TestAnswer> {
  scripted.play({
    pages: [departments, { dataType: 'user', records: people }],
    complete: { user: true, department: true },
  });
  const started = await app.admin.post(`/api/sources/${sourceId}/sync`);
  return untilEnded(app.admin, started.body.id);
}

const setPolicies = (policies: Fields): Promise<TestAnswer> =>
  app.admin.patch(`/api/sources/${sourceId}`, { policies });

const push = (record: Fields, more: Fields = {}): Promise<TestAnswer> =>
  client.post('/api/userData:push', { dataType: 'user', records: [record], ...more });

/** `id username: state`, with the departments that are seen. */
async function people(): Promise<string[]> {
  const { rows } = await app.pool.query<{ line: string }>(
    `select u.id || ' ' || u.username || ': ' || case when u.deleted_at is null then u.status else 'deleted' end
       || coalesce((select ' in ' || string_agg(d.title, ', ') from memberships m join departments d on d.id = m.department_id
           where m.user_id = u.id and d.deleted_at is null), '') as line
     from users u order by u.id`,
  );
  return rows.map((row) => row.line);
}

async function changesOf(task: TestAnswer): Promise<number> {
  const { rowCount } = await app.pool.query('select from changes where task_id = $1', [task.body.id]);
  return rowCount ?? 0;
}

const STATES: Record<Leaving, string> = { keep: 'active in D', disable: 'disabled in D', delete: 'deleted' };

/** How `wang` leaves: he is missing, or the source says that he is deleted. */
const WAYS = {
  onMissing: [person('li')],
  onDeleted: [person('li'), { uid: 'wang', isDeleted: true }],
};

describe('rule 12: leaving', () => {
  describe.each(['onMissing', 'onDeleted'] as const)('users %s', (way) => {
    it.each(['keep', 'disable', 'delete'] as const)('%s: once, quietly, and back with the same id', async (policy) => {
      await setPolicies({ user: { [way]: policy } });
      await read([person('wang'), person('li')]);
      const left = await read(WAYS[way]);
      expect(await people()).toEqual([`1 wang: ${STATES[policy]}`, '2 li: active in D']);
      const counted = { keep: {}, disable: { disabled: 1 }, delete: { deleted: 1 } }[policy];
      expect(left.body.counts.users).toMatchObject({ updated: 0, disabled: 0, deleted: 0, ...counted });
      const before = await app.pool.query('select xmin, l.* from links l order by target_id, record_id');
      const again = await read(WAYS[way]);
      expect(await changesOf(again)).toBe(0);
      expect((await app.pool.query('select xmin, l.* from links l order by target_id, record_id')).rows).toEqual(
        before.rows,
      );
      const back = await read([person('wang', { nickname: 'Wang' }), person('li')]);
      expect(back.body.counts.users).toMatchObject(policy === 'keep' ? { updated: 1 } : { restored: 1 });
      expect(await people()).toEqual(['1 wang: active in D', '2 li: active in D']);
      expect((await app.admin.get('/api/users/1')).body).toMatchObject({ id: 1, nickname: 'Wang' });
    });
  });

  it.each(['keep', 'delete'] as const)('departments onMissing: %s, and back with the same id', async (policy) => {
    const both: Page = {
      dataType: 'department',
      records: [
        { uid: 'd', title: 'D' },
        { uid: 'e', title: 'E' },
      ],
    };
    await setPolicies({ department: { onMissing: policy } });
    await read([person('wang')], both);
    await read([person('wang')], DEPARTMENT);
    const titles = async (): Promise<unknown[]> =>
      (await app.pool.query('select id, title from departments where deleted_at is null order by id')).rows;
    expect(await titles()).toHaveLength(policy === 'keep' ? 2 : 1);
    expect(await changesOf(await read([person('wang')], DEPARTMENT))).toBe(0);
    await read([person('wang')], both);
    expect(await titles()).toEqual([
      { id: 1, title: 'D' },
      { id: 2, title: 'E' },
    ]);
  });

  it('by default disables who is missing, and deletes a department or whom the source says is deleted', async () => {
    const both: Page = {
      dataType: 'department',
      records: [
        { uid: 'd', title: 'D' },
        { uid: 'e', title: 'E' },
      ],
    };
    await read([person('wang'), person('li'), person('zhao')], both);
    await read([person('li'), { uid: 'zhao', isDeleted: true }]);
    expect(await people()).toEqual(['1 wang: disabled in D', '2 li: active in D', '3 zhao: deleted']);
    expect((await app.pool.query('select from departments where deleted_at is not null')).rowCount).toBe(1);
  });

  it('lets a user whom another source states stay, until that source lets go too', async () => {
    await setPolicies({ user: { onMissing: 'delete' } });
    await push({ uid: 'x', username: 'wang' });
    await read([person('wang'), person('li')]);
    expect(await people()).toEqual(['1 wang: active in D', '2 li: active in D']);
    await read([person('li')]);
    expect(await people()).toEqual(['1 wang: active', '2 li: active in D']);
    await push({ uid: 'x', isDeleted: true });
    expect(await people()).toEqual(['1 wang: deleted', '2 li: active in D']);
    await read([person('wang'), person('li')]);
    expect(await people()).toEqual(['1 wang: active in D', '2 li: active in D']);
  });

  it('deletes whom nobody states any more, when the source that keeps lets go', async () => {
    await setPolicies({ user: { onMissing: 'delete' } });
    const keeping = (
      await app.admin.post('/api/sources', {
        name: `keeping-${number}`,
        type: 'push',
        matchKey: ['username'],
        policies: { user: { onDeleted: 'keep' } },
      })
    ).body;
    await push({ uid: 'x', username: 'wang' }, { sourceName: keeping.name, matchKey: 'username' });
    await read([person('wang'), person('li')]);
    await read([person('li')]);
    await push({ uid: 'x', isDeleted: true }, { sourceName: keeping.name });
    expect(await people()).toEqual(['1 wang: active', '2 li: active in D']);
    await read([person('li')]);
    expect(await people()).toEqual(['1 wang: deleted', '2 li: active in D']);
  });

  it.each(['hand', 'undo'])(
    'keeps whom a %s brought back, though another source said before that they left',
    async (by) => {
      await setPolicies({ user: { onMissing: 'delete' } });
      await push({ uid: 'x', username: 'wang' });
      await read([person('wang'), person('li')]);
      await read([person('li')]);
      const left = await push({ uid: 'x', isDeleted: true });
      expect(await people()).toContain('1 wang: deleted');
      if (by === 'hand') await app.admin.post('/api/users/1/restore');
      else {
        const undo = await app.admin.post(`/api/tasks/${left.body.data.taskId}/undo`);
        await untilEnded(app.admin, undo.body.id);
      }
      await read([person('li')]);
      await read([person('li')]);
      expect((await people()).map((line) => line.split(' in ')[0])).toEqual(['1 wang: active', '2 li: active']);
    },
  );

  it('lifts what a leaving disabled, but never what an admin disabled (rule 10)', async () => {
    await read([person('wang'), person('li')]);
    await app.admin.patch('/api/users/1', { status: 'disabled' });
    await read([person('li')]);
    await read([person('wang'), person('li')]);
    expect(await people()).toEqual(['1 wang: disabled in D', '2 li: active in D']);
    await app.admin.patch('/api/users/1', { status: 'active' });
    expect(await people()).toEqual(['1 wang: active in D', '2 li: active in D']);
  });

  it('keeps a deletion by the source after a later complete read without the person', async () => {
    await setPolicies({ user: { onDeleted: 'delete', onMissing: 'disable' } });
    await read([person('wang'), person('li')]);
    await read([person('li'), { uid: 'wang', isDeleted: true }]);
    expect(await changesOf(await read([person('li')]))).toBe(0);
    expect(await people()).toEqual(['1 wang: deleted', '2 li: active in D']);
  });
});

describe('rule 6: a change of policy', () => {
  it.each([
    ['keep', 'disable'],
    ['keep', 'delete'],
    ['disable', 'delete'],
  ] as const)('from %s to %s reaches those who left before, at the next complete read', async (before, now) => {
    await setPolicies({ user: { onMissing: before } });
    await read([person('wang'), person('li')]);
    await read([person('li')]);
    await setPolicies({ user: { onMissing: now } });
    expect(await people()).toEqual([`1 wang: ${STATES[before]}`, '2 li: active in D']);
    const next = await read([person('li')]);
    expect(next.body.counts.users).toMatchObject(now === 'delete' ? { deleted: 1 } : { disabled: 1 });
    expect(await people()).toEqual([`1 wang: ${STATES[now]}`, '2 li: active in D']);
    expect(await changesOf(await read([person('li')]))).toBe(0);
  });

  it('to a laxer one brings nobody back, and touches no one', async () => {
    await setPolicies({ user: { onMissing: 'delete' } });
    await read([person('wang'), person('li')]);
    await read([person('li')]);
    await setPolicies({ user: { onMissing: 'keep' } });
    expect(await changesOf(await read([person('li')]))).toBe(0);
    expect(await people()).toEqual(['1 wang: deleted', '2 li: active in D']);
  });

  it('to a laxer one and back spares whom a hand restored, until they leave anew', async () => {
    await setPolicies({ user: { onMissing: 'delete' } });
    await read([person('wang'), person('li'), person('zhao')]);
    const left = await read([person('li')]);
    expect(await people()).toEqual(['1 wang: deleted', '2 li: active in D', '3 zhao: deleted']);
    await app.admin.post('/api/users/1/restore');
    await setPolicies({ user: { onMissing: 'keep' } });
    await setPolicies({ user: { onMissing: 'delete' } });
    expect(await changesOf(await read([person('li')]))).toBe(0);
    expect(await people()).toEqual(['1 wang: active in D', '2 li: active in D', '3 zhao: deleted']);

    const undo = await app.admin.post(`/api/tasks/${left.body.id}/undo`);
    await untilEnded(app.admin, undo.body.id);
    expect(await people()).toEqual(['1 wang: active in D', '2 li: active in D', '3 zhao: active in D']);
    await setPolicies({ user: { onMissing: 'keep' } });
    await setPolicies({ user: { onMissing: 'delete' } });
    expect(await changesOf(await read([person('li')]))).toBe(0);

    await read([person('wang'), person('li')]);
    await read([person('li')]);
    expect(await people()).toEqual(['1 wang: deleted', '2 li: active in D', '3 zhao: active in D']);
  });

  it('spares whom a hand enabled, until that is released', async () => {
    await setPolicies({ user: { onMissing: 'disable' } });
    await read([person('wang'), person('li')]);
    await read([person('li')]);
    await app.admin.patch('/api/users/1', { status: 'active' });
    await setPolicies({ user: { onMissing: 'delete' } });
    await read([person('li')]);
    expect(await people()).toEqual(['1 wang: active in D', '2 li: active in D']);
    await app.admin.post('/api/users/1/release', { field: 'status' });
    await read([person('li')]);
    expect(await people()).toEqual(['1 wang: deleted', '2 li: active in D']);
  });

  it('is applied when a push says the same again', async () => {
    const { body: source } = await app.admin.post('/api/sources', {
      name: `pushed-${number}`,
      type: 'push',
      policies: { user: { onDeleted: 'keep' } },
    });
    const say = (record: Fields): Promise<TestAnswer> => push(record, { sourceName: source.name });
    await say({ uid: 'x', username: 'x' });
    await say({ uid: 'x', isDeleted: true });
    await app.admin.patch(`/api/sources/${source.id}`, { policies: { user: { onDeleted: 'disable' } } });
    await say({ uid: 'x', isDeleted: true });
    expect(await people()).toEqual(['1 x: disabled']);
  });

  it('reaches those who leave by a plan that was held when it changed', async () => {
    const staff = Array.from({ length: 12 }, (_, n) => person(`p${n}`));
    await read(staff);
    const held = await read(staff.slice(0, 4));
    expect(held.body).toMatchObject({ status: 'held', heldReason: 'limits' });
    await setPolicies({ user: { onMissing: 'delete' } });
    await app.admin.post(`/api/tasks/${held.body.id}/approve`);
    const approved = await untilEnded(app.admin, held.body.id);
    expect(approved.body.counts.users).toMatchObject({ disabled: 8, deleted: 0 });
    await setPolicies({ limits: { deletes: { percent: 100 } } });
    expect((await read(staff.slice(0, 4))).body.counts.users).toMatchObject({ deleted: 8 });
    expect(await changesOf(await read(staff.slice(0, 4)))).toBe(0);
  });
});
