import { type TestApp, startTestApp } from '../testing/start-test-app';

let rollcall: TestApp;

beforeAll(async () => {
  rollcall = await startTestApp();
});

afterAll(() => rollcall.close());

test('an admin who signed in is recognised', async () => {
  const { status, body } = await rollcall.admin.get('/api/auth/me');
  expect(status).toBe(200);
  expect(body).toMatchObject({ kind: 'admin', name: 'admin', role: 'admin' });
});
