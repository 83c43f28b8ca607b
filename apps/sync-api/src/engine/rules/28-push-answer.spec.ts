import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';

let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
});

afterAll(() => app.close());
beforeEach(() => app.emptyDirectory());

const push = (records: Record<string, unknown>[], dataType = 'user'): Promise<TestAnswer> =>
  client.post('/api/userData:push', { dataType, records });

const resources = ({ body }: TestAnswer): string[] =>
  body.data.result.map(({ resource }: { resource: string }) => resource);

describe('rule 28: the answer to a push', () => {
  it('names users first, then departments, for a push of users', async () => {
    expect(resources(await push([{ uid: 'a', username: 'a' }]))).toEqual(['users', 'departments']);
  });

  it('names departments alone for a push of departments', async () => {
    expect(resources(await push([{ uid: 'd', title: 'D' }], 'department'))).toEqual(['departments']);
  });

  it('says success for old scripts whatever happened, and tells the truth in status and summary', async () => {
    const good = await push([{ uid: 'a', username: 'a' }]);
    const mixed = await push([
      { uid: 'b', username: 'a' },
      { uid: 'c', username: 'c' },
    ]);
    const bad = await push([{ uid: 'b', username: 'a' }]);
    expect([good, mixed, bad].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect([good, mixed, bad].map(({ body }) => [body.data.code, body.data.message])).toEqual([
      [0, 'success'],
      [0, 'success'],
      [0, 'success'],
    ]);
    expect([good, mixed, bad].map(({ body }) => body.data.status)).toEqual([
      'succeeded',
      'partially_succeeded',
      'failed',
    ]);
    expect(mixed.body.data.summary).toMatch(/^1 of 2 records/);
    expect(bad.body.data.summary).toMatch(/^1 of 1 records failed/);
  });
});
