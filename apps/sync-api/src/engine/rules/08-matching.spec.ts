import { installScriptedSource } from '../../testing/scripted-source';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer } from '../../testing/test-client';
import { untilEnded } from '../../testing/until';

type Fields = Record<string, unknown>;

const scripted = installScriptedSource();
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp(scripted.env);
  await app.admin.post('/api/sources', { name: 'hr', type: 'push', matchKey: ['email', 'phone'] });
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

beforeEach(() => app.emptyDirectory());

const push = (records: Fields[], more: Fields = {}): Promise<TestAnswer> =>
  app.admin.post('/api/userData:push', { dataType: 'user', sourceName: 'hr', records, ...more });

const byEmail = (...records: Fields[]): Promise<TestAnswer> => push(records, { matchKey: 'email' });

const byHand = async (fields: Fields): Promise<number> => (await app.admin.post('/api/users', fields)).body.id;

async function scriptedSource(type: string, matchKey: string[] = []): Promise<number> {
  const name = `${type}-${Date.now()}`;
  return (await app.admin.post('/api/sources', { name, type, matchKey, options: { file: scripted.file } })).body.id;
}

/** Pulls these users, and returns the id of the task. */
async function sync(sourceId: number, ...records: (Fields & { uid: string })[]): Promise<number> {
  scripted.play({ pages: [{ dataType: 'user', records }] });
  const { id } = (await app.admin.post(`/api/sources/${sourceId}/sync`)).body;
  await untilEnded(app.admin, id);
  return id;
}

/** Id → uids of the records that stand for the user. */
async function linked(): Promise<Record<string, string[]>> {
  const { body } = await app.admin.get('/api/users');
  return Object.fromEntries(
    body.items.map((user: { id: number; links: { uid: string }[] }) => [user.id, user.links.map(({ uid }) => uid)]),
  );
}

const codes = ({ body }: TestAnswer): string[] =>
  body.data.result[0].detail.failedRecords.map((failure: { code: string }) => failure.code);

describe('rule 08: matching', () => {
  it('links a first record without regard to case, shows it as a change of its own, and can be undone', async () => {
    const id = await byHand({ email: 'Wang@X.org', nickname: 'By hand' });
    const answer = await byEmail({ uid: 'w', email: 'wang@x.ORG', nickname: 'Wang' });
    expect(await linked()).toEqual({ [id]: ['w'] });
    const { taskId } = answer.body.data;
    expect((await app.admin.get(`/api/tasks/${taskId}`)).body.counts.users).toMatchObject({ linked: 1, created: 0 });
    expect((await app.admin.get(`/api/tasks/${taskId}/changes?action=link`)).body.items).toMatchObject([{ uid: 'w' }]);
    const undo = await app.admin.post(`/api/tasks/${taskId}/undo`);
    await untilEnded(app.admin, undo.body.id);
    expect((await app.admin.get(`/api/users/${id}`)).body).toMatchObject({ nickname: 'By hand', links: [] });
  });

  it('takes only keys that the source allows, and none unless the request asks', async () => {
    await byHand({ email: 'a@x.org', username: 'a' });
    const refused = await push([{ uid: 'a', username: 'a' }], { matchKey: 'username' });
    expect(refused).toMatchObject({ status: 400, body: { code: 'match_key_not_allowed' } });
    expect(codes(await push([{ uid: 'a', email: 'a@x.org' }]))).toEqual(['email_taken']);
  });

  it('never matches an empty value', async () => {
    await byHand({ username: 'empty' });
    await byEmail({ uid: 'a', email: '', nickname: 'A' }, { uid: 'b', nickname: 'B' });
    expect(await linked()).toEqual({ 1: [], 2: ['a'], 3: ['b'] });
  });

  it('refuses two users for one record: a pull goes by all keys of its source', async () => {
    const one = await byHand({ email: 'one@x.org' });
    const two = await byHand({ phone: '2' });
    const sourceId = await scriptedSource('scripted', ['email', 'phone']);
    const task = await sync(sourceId, { uid: 'a', email: 'one@x.org', phone: '2' }, { uid: 'b', phone: '3' });
    const { items } = (await app.admin.get(`/api/tasks/${task}/changes?outcome=failed`)).body;
    expect(items).toMatchObject([{ uid: 'a', code: 'match_ambiguous' }]);
    expect(await linked()).toMatchObject({ [one]: [], [two]: [] });
  });

  it('lets who is refused anyway take nobody away from the others of the same read', async () => {
    const one = await byHand({ email: 'one@x.org' });
    await byHand({ phone: '2' });
    const shielded = await byHand({ email: 'safe@x.org' });
    await app.admin.patch(`/api/users/${shielded}`, { protected: true });
    const sourceId = await scriptedSource('scripted', ['email', 'phone']);
    const task = await sync(
      sourceId,
      { uid: 'both', email: 'one@x.org', phone: '2' },
      { uid: 'shielded', email: 'safe@x.org', phone: '3' },
      { uid: 'first', email: 'one@x.org' },
      { uid: 'third', phone: '3' },
    );
    const { items } = (await app.admin.get(`/api/tasks/${task}/changes?outcome=failed`)).body;
    expect(items).toMatchObject([
      { uid: 'both', code: 'match_ambiguous' },
      { uid: 'shielded', code: 'match_protected' },
    ]);
    expect(await linked()).toMatchObject({ [one]: ['first'], [shielded + 1]: ['third'] });
  });

  it('refuses who is protected, or linked to another uid of the source; the others go on', async () => {
    const shielded = await byHand({ email: 'safe@x.org' });
    await app.admin.patch(`/api/users/${shielded}`, { protected: true });
    await byEmail({ uid: 'first', email: 'mine@x.org' });
    const answer = await byEmail(
      { uid: 'b', email: 'safe@x.org' },
      { uid: 'c', email: 'mine@x.org' },
      { uid: 'd', email: 'new@x.org' },
    );
    expect(codes(answer)).toEqual(['match_protected', 'match_taken']);
    expect(Object.values(await linked())).toEqual([[], ['first'], ['d']]);
  });

  it('lets no delete match anybody', async () => {
    const id = await byHand({ email: 'a@x.org' });
    await byEmail({ uid: 'a', email: 'a@x.org', isDeleted: true });
    expect((await app.admin.get(`/api/users/${id}`)).body).toMatchObject({ status: 'active', links: [] });
  });

  it('goes by the uid once it is linked, whatever else changes', async () => {
    const id = await byHand({ email: 'a@x.org' });
    await byEmail({ uid: 'a', email: 'a@x.org' });
    await byHand({ email: 'b@x.org' });
    expect(codes(await byEmail({ uid: 'a', email: 'b@x.org' }))).toEqual(['email_taken']);
    await byEmail({ uid: 'a', email: 'c@x.org' });
    expect((await app.admin.get(`/api/users/${id}`)).body).toMatchObject({ email: 'c@x.org' });
  });

  it('keeps the uids of an adapter that does not tell upper from lower case in lower case', async () => {
    const sourceId = await scriptedSource('scripted-insensitive');
    await sync(sourceId, { uid: 'Wang', nickname: 'W' });
    await sync(sourceId, { uid: 'WANG', nickname: 'Wang Fang' });
    expect(await linked()).toEqual({ 1: ['wang'] });
    expect((await app.admin.get('/api/users/1')).body).toMatchObject({ nickname: 'Wang Fang' });
  });
});
