import { type TestApp, startTestApp } from '../testing/start-test-app';
import type { TestClient } from '../testing/test-client';
import { AccessCheck } from './access-check';

let rollcall: TestApp;
/** One caller of each kind. */
let callers: Record<string, TestClient>;

beforeAll(async () => {
  rollcall = await startTestApp();
  const admin = async (role: string): Promise<TestClient> => {
    const invited = await rollcall.admin.post('/api/admins', { username: role, role });
    const token = new URL(invited.body.invitation.link).hash.slice(1);
    await rollcall.anonymous.post('/api/auth/accept-invitation', { token, password: 'password of it' });
    return rollcall.signIn(role, 'password of it');
  };
  callers = {
    nobody: rollcall.anonymous,
    viewer: await admin('viewer'),
    operator: await admin('operator'),
    approver: await admin('approver'),
    admin: rollcall.admin,
    'key read': await rollcall.key(['read']),
    'key push': await rollcall.key(['push']),
    'key admin': await rollcall.key(['admin']),
  };
});

afterAll(() => rollcall.close());

/** Who gets past the guard: everything but 401 and 403. */
async function whoMay(method: string, path: string): Promise<string[]> {
  const allowed: string[] = [];
  for (const [name, client] of Object.entries(callers)) {
    const { status } = await client.request(method, path, { body: method === 'GET' ? undefined : {} });
    if (status === 401) expect([name, path]).toEqual(['nobody', path]);
    else if (status !== 403) allowed.push(name);
  }
  return allowed;
}

const OPERATORS = ['operator', 'approver', 'admin', 'key admin'];
const APPROVERS = ['approver', 'admin', 'key admin'];
const ADMINS = ['admin', 'key admin'];
const EVERYBODY_WHO_READS = ['viewer', 'operator', 'approver', 'admin', 'key read', 'key admin'];

test.each([
  ['GET', '/api/api-keys', EVERYBODY_WHO_READS],
  ['GET', '/api/admins', EVERYBODY_WHO_READS],
  ['GET', '/api/audit', EVERYBODY_WHO_READS],
  ['GET', '/api/adapters', EVERYBODY_WHO_READS],
  ['GET', '/api/adapters/source/push', EVERYBODY_WHO_READS],
  ['GET', '/api/system', EVERYBODY_WHO_READS],
  ['GET', '/api/tasks/1/log', EVERYBODY_WHO_READS],
  ['GET', '/api/tasks/1/raw', OPERATORS],
  ['GET', '/api/tasks/1/raw/records?dataType=user&uid=a', OPERATORS],
  ['GET', '/api/tasks/1/failures', EVERYBODY_WHO_READS],
  ['GET', '/api/tasks', [...EVERYBODY_WHO_READS.slice(0, 5), 'key push', 'key admin']],
  ['GET', '/api/tasks/1', [...EVERYBODY_WHO_READS.slice(0, 5), 'key push', 'key admin']],
  ['POST', '/api/sources/99999/sync', OPERATORS],
  ['POST', '/api/tasks/99999/retry', OPERATORS],
  ['POST', '/api/tasks/99999/cancel', OPERATORS],
  ['POST', '/api/tasks/99999/approve', APPROVERS],
  ['POST', '/api/tasks/99999/reject', APPROVERS],
  ['POST', '/api/userData:push', ['admin', 'key push', 'key admin']],
  ['POST', '/api/snapshots', ['admin', 'key push', 'key admin']],
  ['GET', '/api/snapshots', [...EVERYBODY_WHO_READS.slice(0, 5), 'key push', 'key admin']],
  ['GET', '/api/snapshots/99999', [...EVERYBODY_WHO_READS.slice(0, 5), 'key push', 'key admin']],
  ['POST', '/api/snapshots/99999/records', ['admin', 'key push', 'key admin']],
  ['POST', '/api/snapshots/99999/commit', ['admin', 'key push', 'key admin']],
  ['DELETE', '/api/snapshots/99999', ['admin', 'key push', 'key admin']],
  ['GET', '/api/sources', [...EVERYBODY_WHO_READS.slice(0, 5), 'key push', 'key admin']],
  ['POST', '/api/sources', ADMINS],
  ['PATCH', '/api/sources/99999', ADMINS],
  ['DELETE', '/api/sources/99999', ADMINS],
  ['GET', '/api/targets', EVERYBODY_WHO_READS],
  ['GET', '/api/targets/1', EVERYBODY_WHO_READS],
  ['GET', '/api/targets/1/backlog', EVERYBODY_WHO_READS],
  ['POST', '/api/targets', ADMINS],
  ['PATCH', '/api/targets/9999', ADMINS],
  ['DELETE', '/api/targets/9999', ADMINS],
  ['POST', '/api/targets/check', ADMINS],
  ['POST', '/api/targets/9999/check', ADMINS],
  ['GET', '/api/users', EVERYBODY_WHO_READS],
  ['GET', '/api/users/1/changes', EVERYBODY_WHO_READS],
  ['POST', '/api/users', ADMINS],
  ['DELETE', '/api/users/1', ADMINS],
  ['DELETE', '/api/departments/1', ADMINS],
  ['GET', '/api/departments', EVERYBODY_WHO_READS],
  ['GET', '/api/changes', EVERYBODY_WHO_READS],
  ['POST', '/api/departments', ADMINS],
  ['POST', '/api/api-keys', ['admin']],
  ['DELETE', '/api/api-keys/99999', ['admin', 'key admin']],
  ['POST', '/api/admins', ['admin']],
  ['PATCH', '/api/admins/99999', ['admin']],
  ['POST', '/api/admins/99999/invitation', ['admin']],
  ['DELETE', '/api/admins/99999/invitation', ['admin', 'key admin']],
  ['DELETE', '/api/admins/99999', ['admin', 'key admin']],
  ['POST', '/api/auth/password', ['viewer', 'operator', 'approver', 'admin']],
  ['GET', '/api/auth/me', ['viewer', 'operator', 'approver', 'admin', 'key read', 'key push', 'key admin']],
])('%s %s is open to those whom the table names', async (method, path, allowed) => {
  expect(await whoMay(method, path)).toEqual(allowed);
});

test('every route of the app says who may use it', () => {
  const routes = rollcall.app.get(AccessCheck).routes();
  expect(routes.length).toBeGreaterThan(10);
  expect(routes.filter(({ levels }) => !levels)).toEqual([]);
});

test('the routes that are open to everybody are these', () => {
  const open = rollcall.app
    .get(AccessCheck)
    .routes()
    .filter(({ levels }) => levels?.includes('public'))
    .map(({ controller, handler }) => `${controller}.${handler}`);
  expect(open.sort()).toEqual([
    'AuthController.acceptInvitation',
    'AuthController.invitation',
    'AuthController.signIn',
    'CallbacksController.receive',
    'CallbacksController.verify',
    'HealthController.live',
    'HealthController.ready',
    // It asks for `read` itself, unless it is local.
    'MetricsController.read',
  ]);
});

test('a route is not reached by writing its address otherwise', async () => {
  for (const path of [
    '/API/api-keys',
    '/api/API-KEYS',
    '//api/api-keys',
    '/api//api-keys',
    '/api/api-keys/',
    '/api/./api-keys',
    '/api/%61pi-keys',
  ]) {
    const answer = await rollcall.anonymous.get(path);
    expect([path, [401, 404].includes(answer.status)]).toEqual([path, true]);
  }
});
