import { SnapshotClient } from '../testing/snapshot-client';
import { startTestApp, type TestApp } from '../testing/start-test-app';
import type { TestAnswer } from '../testing/test-client';
import { untilEnded } from '../testing/until';

type Fields = Record<string, unknown>;

let app: TestApp;
let hr: number;

beforeAll(async () => {
  app = await startTestApp();
  hr = (await app.admin.post('/api/sources', { name: 'hr', type: 'push', matchKey: ['email'] })).body.id;
});

afterAll(() => app.close());

beforeEach(() => app.emptyDirectory());

const push = (dataType: string, record: Fields, more: Fields = {}): Promise<TestAnswer> =>
  app.admin.post('/api/userData:push', { dataType, sourceName: 'hr', records: [record], ...more });

const user = async (id: number): Promise<TestAnswer['body']> => (await app.admin.get(`/api/users/${id}`)).body;

const byHand = async (fields: Fields): Promise<number> => (await app.admin.post('/api/users', fields)).body.id;

/** Waits for the task that an answer tells of. */
async function ended(answer: TestAnswer): Promise<TestAnswer['body']> {
  expect(answer).toMatchObject({ status: 202, body: { kind: 'event' } });
  return (await untilEnded(app.admin, answer.body.id)).body;
}

/** A task that is cancelled while it waits behind another one of its source. */
async function behind(make: () => Promise<TestAnswer>): Promise<number> {
  const { rows } = await app.pool.query<{ id: number }>(
    `insert into tasks (source_id, kind, status, lease_until)
     values ($1, 'push', 'running', now() + interval '1 hour') returning id`,
    [hr],
  );
  const { status, body } = await make();
  expect(status).toBe(202);
  await app.admin.post(`/api/tasks/${body.id}/cancel`);
  await app.pool.query('delete from tasks where id = $1', [rows[0]?.id]);
  return body.id;
}

async function audited(action: string): Promise<number> {
  return (await app.admin.get(`/api/audit?action=${action}`)).body.total;
}

describe('POST /api/links', () => {
  it('links a record that no match key could, with its memberships, and the link can be undone', async () => {
    await push('department', { uid: 'd', title: 'D' });
    const id = await byHand({ username: 'wang', nickname: 'By hand' });
    const refused = await push('user', { uid: 'w', username: 'wang', nickname: 'Wang', departments: ['d'] });
    expect(refused.body.data.status).toBe('failed');
    const task = await ended(await app.admin.post('/api/links', { sourceId: hr, uid: 'w', userId: id }));
    expect(task.counts.users).toMatchObject({ linked: 1 });
    expect(await user(id)).toMatchObject({ nickname: 'Wang', departments: [{ title: 'D' }], links: [{ uid: 'w' }] });
    expect(await audited('link.create')).toBeGreaterThan(0);
    const undo = await app.admin.post(`/api/tasks/${task.id}/undo`);
    await untilEnded(app.admin, undo.body.id);
    expect(await user(id)).toMatchObject({ nickname: 'By hand', departments: [], links: [] });
  });

  it('links a record that was taken from somebody deleted', async () => {
    const said = { uid: 'w', email: 'w@x.org', nickname: 'W' };
    await push('user', said);
    const [link] = (await user(1)).links;
    await push('user', { uid: 'w', isDeleted: true });
    const id = await byHand({ email: 'w@x.org' });
    expect((await push('user', said)).body.data.status).toBe('failed');
    expect((await app.admin.delete(`/api/links/${link.id}`)).status).toBe(204);
    const task = await ended(await app.admin.post('/api/links', { sourceId: hr, uid: 'w', userId: id }));
    expect(task).toMatchObject({ status: 'succeeded', counts: { users: { linked: 1 } } });
    expect(await user(id)).toMatchObject({ nickname: 'W', links: [{ uid: 'w' }] });
  });

  it('links a uid before it is stated, and keeps what the user has', async () => {
    const id = await byHand({ username: 'wang', nickname: 'By hand' });
    const task = await ended(await app.admin.post('/api/links', { sourceId: hr, uid: 'w', userId: id }));
    expect(task).toMatchObject({ status: 'succeeded', counts: { users: { linked: 1 } } });
    expect(await user(id)).toMatchObject({ nickname: 'By hand' });
    await push('user', { uid: 'w', email: 'w@x.org' });
    expect(await user(id)).toMatchObject({ username: 'wang', email: 'w@x.org', nickname: 'By hand' });
  });

  it('links a record to a protected user, where nothing is applied until the protection goes', async () => {
    const id = await byHand({ email: 'w@x.org', nickname: 'Boss' });
    await app.admin.patch(`/api/users/${id}`, { protected: true });
    const refused = await push('user', { uid: 'w', email: 'w@x.org', nickname: 'W' }, { matchKey: 'email' });
    expect(refused.body.data.result[0].detail.failedRecords).toMatchObject([{ code: 'match_protected' }]);
    await ended(await app.admin.post('/api/links', { sourceId: hr, uid: 'w', userId: id }));
    await push('user', { uid: 'w', email: 'w@x.org', nickname: 'W' });
    expect(await user(id)).toMatchObject({ nickname: 'Boss', links: [{ uid: 'w' }] });
    await app.admin.patch(`/api/users/${id}`, { protected: false });
    await ended(await app.admin.post(`/api/users/${id}/sync`));
    expect(await user(id)).toMatchObject({ nickname: 'W' });
  });

  it('brings those who wait for the record what they wait for, with their next word, also where nothing else is applied', async () => {
    const id = await byHand({ email: 'w@x.org', nickname: 'Boss' });
    await app.admin.patch(`/api/users/${id}`, { protected: true });
    await push('user', { uid: 'w', email: 'w@x.org' }, { matchKey: 'email' });
    const report = { uid: 'r', username: 'r', managerUid: 'w' };
    const led = { uid: 'd', title: 'D', ownerUids: ['w'] };
    const say = async (): Promise<void> => {
      await push('user', report);
      await push('department', led);
    };
    await say();
    const [{ id: reports }] = (await app.admin.get('/api/users?q=r')).body.items.filter(
      ({ username }: Fields) => username === 'r',
    );
    expect(await user(reports)).toMatchObject({ manager: null });
    await ended(await app.admin.post('/api/links', { sourceId: hr, uid: 'w', userId: id }));
    await say();
    expect(await user(reports)).toMatchObject({ manager: { id } });
    expect((await app.admin.get('/api/departments/1')).body.owners).toMatchObject([{ id }]);
  });

  it('stands although what the record says is refused, which comes as soon as it may', async () => {
    await push('user', { uid: 'w', email: 'w@x.org', nickname: 'W' });
    const id = await byHand({ username: 'right' });
    const [before] = (await app.admin.get('/api/users?q=w@x.org')).body.items;
    const [link] = (await user(before.id)).links as { id: number }[];
    await app.admin.delete(`/api/links/${link!.id}`);
    const failed = await ended(await app.admin.post('/api/links', { sourceId: hr, uid: 'w', userId: id }));
    expect(failed).toMatchObject({ status: 'failed', counts: { users: { failed: 1 } } });
    expect(await user(id)).toMatchObject({ username: 'right', links: [{ uid: 'w' }] });
    const other = await byHand({ username: 'other' });
    expect(await app.admin.post('/api/links', { sourceId: hr, uid: 'w', userId: other })).toMatchObject({
      status: 409,
    });
    const again = await push('user', { uid: 'w', email: 'w@x.org', nickname: 'W' });
    expect(again.body.data.result[0].detail.failedRecords).toMatchObject([{ code: 'email_taken' }]);
    await app.admin.patch(`/api/users/${before.id}`, { email: null });
    await push('user', { uid: 'w', email: 'w@x.org', nickname: 'W' });
    expect(await user(id)).toMatchObject({ email: 'w@x.org', nickname: 'W' });
    // What it did for the one is no history of the other.
    const last = async (of: number, n: number): Promise<unknown[]> =>
      (await app.admin.get(`/api/users/${of}/changes?pageSize=${n}`)).body.items.map(({ action }: Fields) => action);
    expect(await last(before.id, 3)).toEqual(['user.update', 'link.delete', 'create']);
    expect(await last(id, 5)).toEqual(['update', 'update', 'link', 'link.create', 'user.create']);
  });

  it('takes no value for its own before it is applied', async () => {
    await push('user', { uid: 's', username: 's', nickname: 'S' }, { sourceName: 'api' });
    const [stated] = (await app.admin.get('/api/users?q=s')).body.items;
    await push('user', { uid: 'w', email: 'w@x.org', nickname: 'W' });
    const [holder] = (await app.admin.get('/api/users?q=w@x.org')).body.items;
    const [link] = (await user(holder.id)).links as { id: number }[];
    await app.admin.delete(`/api/links/${link!.id}`);
    const origin = async (): Promise<unknown> => (await user(stated.id)).provenance?.nickname;
    const before = await origin();
    expect(before).toMatchObject({ source: 'api' });
    const failed = await ended(await app.admin.post('/api/links', { sourceId: hr, uid: 'w', userId: stated.id }));
    expect(failed.status).toBe('failed');
    expect(await user(stated.id)).toMatchObject({ nickname: 'S', links: [{ uid: 's' }, { uid: 'w' }] });
    expect(await origin()).toEqual(before);
  });

  it('refuses a record that stands for somebody, and a user who has a record of that source', async () => {
    const id = await byHand({ username: 'x' });
    await push('user', { uid: 'a', username: 'a' });
    const taken = await app.admin.post('/api/links', { sourceId: hr, uid: 'a', userId: id });
    expect(taken).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(taken.body.reason).toEqual({ code: 'record_linked', values: { userId: 2, recordId: expect.any(Number) } });
    const second = await app.admin.post('/api/links', { sourceId: hr, uid: 'b', userId: 2 });
    expect(second).toMatchObject({ status: 409, body: { code: 'conflict', reason: { code: 'user_linked' } } });
    expect((await app.admin.post('/api/links', { sourceId: hr, uid: 'b', userId: 99 })).status).toBe(404);
    expect((await app.admin.post('/api/links', { sourceId: 99, uid: 'b', userId: id })).status).toBe(404);
    const operator = await app.key(['push', 'read']);
    expect((await operator.post('/api/links', { sourceId: hr, uid: 'b', userId: id })).status).toBe(403);
  });
});

describe('a uid that was linked before its source has stated it', () => {
  const everybody = async (...records: Fields[]): Promise<TestAnswer['body']> => {
    const snapshots = new SnapshotClient(app.admin);
    const id = await snapshots.open({ dataTypes: ['user'], sourceName: 'hr' });
    await snapshots.add(id, records);
    const { body } = await snapshots.commit(id, { user: records.length });
    return (await untilEnded(app.admin, body.id)).body;
  };
  const linked = async (userId: number, uid = 'soon'): Promise<TestAnswer['body']> =>
    ended(await app.admin.post('/api/links', { sourceId: hr, uid, userId }));

  it('is not missing from complete reads, and leaves with them once it was stated', async () => {
    const id = await byHand({ username: 'wang' });
    await linked(id);
    for (let reads = 0; reads < 2; reads++) {
      expect((await everybody({ uid: 'a', username: 'a' })).counts.users).toMatchObject({ disabled: 0, deleted: 0 });
      expect(await user(id)).toMatchObject({ status: 'active', links: [{ uid: 'soon' }] });
    }
    await everybody({ uid: 'a', username: 'a' }, { uid: 'soon', nickname: 'Wang' });
    expect(await user(id)).toMatchObject({ nickname: 'Wang', status: 'active' });
    expect((await everybody({ uid: 'a', username: 'a' })).counts.users).toMatchObject({ disabled: 1 });
    expect(await user(id)).toMatchObject({ status: 'disabled' });
  });

  it('keeps nobody whom those who state them delete, and is no statement to apply', async () => {
    await push('user', { uid: 'a', username: 'a' }, { sourceName: 'api' });
    await linked(1);
    await push('user', { uid: 'a', isDeleted: true }, { sourceName: 'api' });
    expect(await user(1)).toMatchObject({ status: 'deleted' });
    const id = await byHand({ username: 'x' });
    await linked(id, 'other');
    expect(await app.admin.post(`/api/users/${id}/sync`)).toMatchObject({ status: 409 });
  });

  it('stays unstated while the link is taken away and made again, also by an undo', async () => {
    const id = await byHand({ username: 'wang' });
    const task = await linked(id);
    await untilEnded(app.admin, (await app.admin.post(`/api/tasks/${task.id}/undo`)).body.id);
    expect(await user(id)).toMatchObject({ links: [] });
    await everybody({ uid: 'a', username: 'a' });
    await linked(id);
    const [link] = (await user(id)).links;
    await app.admin.delete(`/api/links/${link.id}`);
    await linked(id);
    await everybody({ uid: 'a', username: 'a' });
    expect(await user(id)).toMatchObject({ status: 'active', links: [{ uid: 'soon' }] });
  });

  it('goes with a source that is deleted with its people, whom it was not', async () => {
    const { id: source } = (await app.admin.post('/api/sources', { name: 'left', type: 'push' })).body;
    await push('user', { uid: 'a', username: 'a' }, { sourceName: 'left' });
    const id = await byHand({ username: 'wang' });
    await ended(await app.admin.post('/api/links', { sourceId: source, uid: 'soon', userId: id }));
    const removal = await app.admin.delete(`/api/sources/${source}?people=remove`);
    expect((await untilEnded(app.admin, removal.body.id)).body.counts.users).toMatchObject({ deleted: 1 });
    expect(await user(id)).toMatchObject({ status: 'active' });
  });

  it('says nothing that a push behind which the link waits has not said', async () => {
    const id = await byHand({ username: 'wang' });
    const task = await behind(() => app.admin.post('/api/links', { sourceId: hr, uid: 'w', userId: id }));
    await push('user', { uid: 'w', username: 'wang2', nickname: 'W' });
    await app.admin.post(`/api/tasks/${task}/retry`);
    const retried = (await untilEnded(app.admin, task)).body;
    expect(retried).toMatchObject({ status: 'failed', counts: { users: { failed: 1 } } });
    const { items } = (await app.admin.get(`/api/tasks/${task}/changes`)).body;
    expect(items).toMatchObject([{ uid: 'w', code: 'match_taken' }]);
    expect((await push('user', { uid: 'w', username: 'wang2', nickname: 'W' })).body.data.summary).toBeDefined();
    const other = items[0].message.match(/user (\d+) by now/)[1];
    expect(await user(Number(other))).toMatchObject({ username: 'wang2', nickname: 'W', status: 'active' });
  });
});

describe('a link by hand that failed', () => {
  const retried = async (id: number): Promise<TestAnswer['body']> => {
    expect((await app.admin.post(`/api/tasks/${id}/retry`)).status).toBe(202);
    return (await untilEnded(app.admin, id)).body;
  };

  it('brings what was refused when it is tried again, as soon as nothing is in its way, and fails again until then', async () => {
    await byHand({ username: 'holder', phone: '1' });
    const id = await byHand({ username: 'wang' });
    await push('user', { uid: 'w', nickname: 'W', phone: '1' });
    const task = await ended(await app.admin.post('/api/links', { sourceId: hr, uid: 'w', userId: id }));
    expect(task).toMatchObject({ status: 'failed', counts: { users: { failed: 1 } } });
    expect(await retried(task.id)).toMatchObject({ status: 'failed', counts: { users: { failed: 1, created: 0 } } });
    await app.admin.post('/api/users/1/release', { field: 'phone' });
    expect(await retried(task.id)).toMatchObject({ status: 'succeeded', counts: { users: { updated: 1 } } });
    expect(await user(id)).toMatchObject({ nickname: 'W', phone: '1', links: [{ uid: 'w' }] });
    expect((await app.admin.get('/api/users')).body.total).toBe(2);
  });

  it('because the user had another record of the source, or was deleted, is tried again as well', async () => {
    const id = 1;
    await push('user', { uid: 'a', username: 'wang' }, { sourceName: 'api' });
    const task = await behind(() => app.admin.post('/api/links', { sourceId: hr, uid: 'w', userId: id }));
    await ended(await app.admin.post('/api/links', { sourceId: hr, uid: 'other', userId: id }));
    expect(await retried(task)).toMatchObject({ status: 'failed' });
    const other = (await user(id)).links.find(({ uid }: { uid: string }) => uid === 'other');
    await app.admin.delete(`/api/links/${other.id}`);
    await push('user', { uid: 'a', isDeleted: true }, { sourceName: 'api' });
    expect(await retried(task)).toMatchObject({ status: 'failed' });
    await app.admin.post(`/api/users/${id}/restore`);
    expect(await retried(task)).toMatchObject({ status: 'succeeded', counts: { users: { linked: 1 } } });
    expect(await user(id)).toMatchObject({ links: [{ uid: 'a' }, { uid: 'w' }] });
  });

  it('does not come about when a record is moved as the refusal says', async () => {
    await push('user', { uid: 'w', nickname: 'W', email: 'w@x.org' });
    const id = await byHand({ username: 'wang' });
    const refused = await app.admin.post('/api/links', { sourceId: hr, uid: 'w', userId: id });
    expect(refused.body.detail).toMatch(/DELETE \/api\/links\/\d+\..* POST \/api\/users\/1\/release/);
    await app.admin.delete(`/api/links/${(await user(1)).links[0].id}`);
    await app.admin.post('/api/users/1/release', { field: 'email' });
    await ended(await app.admin.post('/api/links', { sourceId: hr, uid: 'w', userId: id }));
    expect(await user(id)).toMatchObject({ email: 'w@x.org', links: [{ uid: 'w' }] });
    expect(await user(1)).toMatchObject({ email: null, nickname: 'W', links: [] });
  });
});

describe('DELETE /api/links/:id', () => {
  it('takes a record from its user, with its memberships; said anew it is somebody else', async () => {
    await push('department', { uid: 'd', title: 'D' });
    await push('user', { uid: 'a', username: 'a', nickname: 'A', departments: ['d'] });
    const [link] = (await user(1)).links;
    expect((await app.admin.delete(`/api/links/${link.id}`)).status).toBe(204);
    expect((await app.admin.delete(`/api/links/${link.id}`)).status).toBe(404);
    expect(await user(1)).toMatchObject({ nickname: 'A', links: [], departments: [], mainDepartmentId: null });
    await push('user', { uid: 'a', username: 'b' });
    expect(await user(1)).toMatchObject({ username: 'a' });
    expect(await user(2)).toMatchObject({ username: 'b', nickname: 'A', departments: [{ title: 'D' }] });
    expect(await audited('link.delete')).toBeGreaterThan(0);
  });

  it('lets those who refer to the record refer to whom it stands for next, once they are read or pushed again', async () => {
    const boss = { uid: 'b', email: 'b@x.org' };
    const wrong = await byHand({ email: 'b@x.org', nickname: 'Somebody else' });
    await push('user', boss, { matchKey: 'email' });
    const reports = Array.from({ length: 3 }, (_, n) => ({ uid: `r${n}`, username: `r${n}`, managerUid: 'b' }));
    const say = async (): Promise<void> => {
      for (const report of reports) await push('user', report);
      await push('department', { uid: 'top', title: 'Top' });
      await push('department', { uid: 'd', title: 'D', parentUid: 'top', ownerUids: ['b'] });
    };
    const managers = async (): Promise<unknown[]> =>
      (await app.pool.query('select distinct manager_id from users where username like $1', ['r%'])).rows.map(
        ({ manager_id }: { manager_id: number | null }) => manager_id,
      );
    const owners = async (): Promise<unknown[]> =>
      (await app.pool.query('select user_id from department_owners')).rows.map(({ user_id }: Fields) => user_id);
    await say();
    expect([await managers(), await owners()]).toEqual([[wrong], [wrong]]);
    const [link] = (await user(wrong)).links;
    await app.admin.delete(`/api/links/${link.id}`);
    await say();
    expect([await managers(), await owners()]).toEqual([[null], []]);
    const right = await byHand({ username: 'bob' });
    await app.admin.patch(`/api/users/${wrong}`, { email: null });
    await ended(await app.admin.post('/api/links', { sourceId: hr, uid: 'b', userId: right }));
    expect([await managers(), await owners()]).toEqual([[right], [right]]);
  });

  it('lets departments below it be below the one that its record becomes', async () => {
    await push('department', { uid: 'top', title: 'Top' });
    await push('department', { uid: 'd', title: 'D', parentUid: 'top' });
    const [link] = (await app.admin.get('/api/departments/1')).body.links;
    await app.admin.delete(`/api/links/${link.id}`);
    await push('department', { uid: 'top', title: 'Top anew' });
    await push('department', { uid: 'd', title: 'D', parentUid: 'top' });
    expect((await app.pool.query('select parent_id from departments where id = 2')).rows).toEqual([{ parent_id: 3 }]);
  });

  it('lets the others who state the user say again what stands there, when they are read or pushed next', async () => {
    const hers = { uid: 'a', username: 'ann', email: 'ann@example.com', nickname: 'Ann', isDisabled: false };
    await push('user', hers);
    const theirs = { ...hers, uid: 'b', nickname: 'Anna', isDisabled: true };
    await push('user', theirs, { sourceName: 'api', matchKey: 'email' });
    const { links, ...before } = await user(1);
    expect([before.nickname, before.status, links.length]).toEqual(['Anna', 'disabled', 2]);
    const { id } = links.find(({ uid }: { uid: string }) => uid === 'b');
    expect((await app.admin.delete(`/api/links/${id}`)).status).toBe(204);
    expect(await user(1)).toMatchObject({ nickname: 'Anna', status: 'disabled' });
    await push('user', hers);
    expect(await user(1)).toMatchObject({ nickname: 'Ann', status: 'active', links: [{ uid: 'a' }] });
  });

  it('takes a record from its department, with the people whom its source puts there: they are where it is said anew', async () => {
    await push('department', { uid: 'd', title: 'D' });
    await push('department', { uid: 'e', title: 'E' });
    await push('user', { uid: 'a', username: 'a', departments: [{ uid: 'd', isMain: true }, 'e'] });
    const hand = await byHand({ username: 'hand' });
    await app.admin.put(`/api/departments/1/users/${hand}`, { isOwner: false });
    const [link] = (await app.admin.get('/api/departments/1')).body.links;
    expect((await app.admin.delete(`/api/links/${link.id}`)).status).toBe(204);
    expect(await user(1)).toMatchObject({ departments: [{ title: 'E' }], mainDepartmentId: 2 });
    expect(await user(hand)).toMatchObject({ departments: [{ title: 'D' }] });
    await push('user', { uid: 'a', username: 'a', departments: [{ uid: 'd', isMain: true }, 'e'] });
    expect(await user(1)).toMatchObject({ departments: [{ title: 'E' }] });
    await push('department', { uid: 'd', title: 'D anew' });
    expect(await user(1)).toMatchObject({ departments: [{ title: 'D anew' }, { title: 'E' }], mainDepartmentId: 3 });
    expect(await user(hand)).toMatchObject({ departments: [{ title: 'D' }] });
  });

  it('is taken back by linking the record again', async () => {
    await push('user', { uid: 'a', username: 'a', nickname: 'A' });
    const [link] = (await user(1)).links;
    await app.admin.delete(`/api/links/${link.id}`);
    await ended(await app.admin.post('/api/links', { sourceId: hr, uid: 'a', userId: 1 }));
    expect(await user(1)).toMatchObject({ links: [{ uid: 'a' }] });
    await push('user', { uid: 'a', nickname: 'B' });
    expect(await user(1)).toMatchObject({ nickname: 'B' });
  });
});

describe('POST /api/users/:id/sync', () => {
  it('applies again what an undo took back, one task a source', async () => {
    await push('department', { uid: 'd', title: 'D' });
    const made = await push('user', { uid: 'a', email: 'a@x.org', nickname: 'A', departments: ['d'] });
    const undo = await app.admin.post(`/api/tasks/${made.body.data.taskId}/undo`);
    await untilEnded(app.admin, undo.body.id);
    expect(await user(1)).toMatchObject({ status: 'deleted' });
    const task = await ended(await app.admin.post('/api/users/1/sync'));
    expect(task.counts.users).toMatchObject({ restored: 1 });
    expect(await user(1)).toMatchObject({ status: 'active', departments: [{ title: 'D' }] });
    await push('user', { uid: 'b', email: 'a@x.org' }, { sourceName: 'api', matchKey: 'email' });
    const { total: before } = (await app.admin.get('/api/tasks?kind=event')).body as { total: number };
    await ended(await app.admin.post('/api/users/1/sync'));
    expect((await app.admin.get('/api/tasks?kind=event')).body.total).toBe(before + 2);
  });

  it('says that nothing changed when nothing did, and what did when something was missing', async () => {
    await push('department', { uid: 'd', title: 'D' });
    const made = await push('user', { uid: 'a', nickname: 'A', departments: ['d'], managerUid: 'nobody yet' });
    const unchanged = await ended(await app.admin.post('/api/users/1/sync'));
    const nothing = { created: 0, updated: 0, failed: 0, unchanged: 1 };
    expect(unchanged).toMatchObject({ status: 'succeeded', counts: { users: nothing, departments: nothing } });
    expect((await app.admin.get(`/api/tasks/${unchanged.id}/changes`)).body.items).toEqual([]);
    expect(await user(1)).toMatchObject({ nickname: 'A', links: [{ uid: 'a', taskId: made.body.data.taskId }] });
    await app.pool.query(`update users set nickname = 'B'`);
    await app.pool.query('delete from memberships');
    const mended = await ended(await app.admin.post('/api/users/1/sync'));
    expect(mended.counts).toMatchObject({ users: { updated: 1 }, departments: { updated: 1 } });
    expect((await app.admin.get(`/api/tasks/${mended.id}/changes`)).body.items).toMatchObject([
      { target: 'users', diff: [{ field: 'nickname', before: 'B', after: 'A' }] },
      { target: 'departments', diff: [{ field: 'departments', after: [{ uid: 'd' }] }] },
    ]);
  });

  it('is refused for somebody who is protected', async () => {
    await push('user', { uid: 'a', username: 'a' });
    await app.admin.patch('/api/users/1', { protected: true });
    expect(await app.admin.post('/api/users/1/sync')).toMatchObject({
      status: 409,
      body: { code: 'conflict', reason: { code: 'user_protected', values: { userId: 1 } } },
    });
  });

  it('is refused for somebody whom no source states', async () => {
    const id = await byHand({ username: 'x' });
    expect(await app.admin.post(`/api/users/${id}/sync`)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect((await app.admin.post('/api/users/99/sync')).status).toBe(404);
  });
});

describe('POST /api/users/:id/release', () => {
  it('frees a value that blocks a record', async () => {
    const id = await byHand({ username: 'wang', nickname: 'Old' });
    const blocked = await push('user', { uid: 'w', username: 'Wang' });
    expect(blocked.body.data.status).toBe('failed');
    const released = await app.admin.post(`/api/users/${id}/release`, { field: 'username' });
    expect(released).toMatchObject({ status: 200, body: { username: null, nickname: 'Old' } });
    await app.admin.post(`/api/tasks/${blocked.body.data.taskId}/retry`);
    await untilEnded(app.admin, blocked.body.data.taskId);
    expect((await app.admin.get('/api/users?q=wang')).body.items).toMatchObject([{ username: 'Wang' }]);
    expect(await audited('user.release')).toBeGreaterThan(0);
  });

  it('lets sources state a field again that a hand had locked', async () => {
    await push('user', { uid: 'a', username: 'a', nickname: 'A' });
    await app.admin.patch('/api/users/1', { nickname: 'Hand', status: 'disabled' });
    const released = await app.admin.post('/api/users/1/release', { field: 'nickname' });
    expect(released.body).toMatchObject({ nickname: 'Hand', lockedFields: ['status'] });
    await app.admin.post('/api/users/1/release', { field: 'status' });
    await push('user', { uid: 'a', username: 'a', nickname: 'A' });
    expect(await user(1)).toMatchObject({ nickname: 'A', status: 'active', lockedFields: [] });
  });

  it('is refused for what the user does not hold', async () => {
    const id = await byHand({ username: 'x', nickname: 'X' });
    for (const field of ['nickname', 'email', 'cost']) {
      expect(await app.admin.post(`/api/users/${id}/release`, { field })).toMatchObject({ status: 409 });
    }
    expect((await app.admin.post('/api/users/99/release', { field: 'email' })).status).toBe(404);
  });
});
