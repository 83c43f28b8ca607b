import type { FakeWecom } from '../../../../tools/fake-wecom/server.mjs';
import type { RemoteTarget } from '../../../sync-api/src/testing/remote-target';
import { ADMIN_PASSWORD, type TestApp } from '../../../sync-api/src/testing/start-test-app';
import type { TestClient } from '../../../sync-api/src/testing/test-client';
import { until } from '../../../sync-api/src/testing/until';

/** Where what is worth a look stands. */
export interface DemoPlaces {
  company: number;
  preview: number;
  first: number;
  failures: number;
  held: number;
  user: number;
  department: number;
  target: number;
}

interface Made {
  id: number;
}

/** Fills a Rollcall as it looks after some weeks: sources, syncs that went well, one that did not, and a plan that waits. */
export async function furnish(app: TestApp, fake: FakeWecom, remote: RemoteTarget): Promise<DemoPlaces> {
  const { admin } = app;
  const make = async (path: string, body: object): Promise<number> => {
    const answer = await admin.post(path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return (answer.body as Made).id;
  };
  const sync = async (source: number, body: object = {}): Promise<number> => {
    const task = await make(`/api/sources/${source}/sync`, body);
    await idle(app);
    return task;
  };

  const { corpId, agentId, agentSecret } = fake.corp;
  const company = await make('/api/sources', {
    name: 'wecom',
    displayName: '企业微信',
    type: 'wecom',
    options: { corpId, agentId, agentSecret, apiBaseUrl: fake.url, ratePerMinute: 10_000 },
    schedule: { cron: '0 3 * * *', timeZone: 'Asia/Shanghai' },
  });
  await make('/api/sources', { name: 'hr', displayName: 'HR, nightly push', type: 'push', priority: 200 });
  await app.pool.query(HISTORY);
  const preview = await sync(company, { dryRun: true });
  const first = await sync(company);
  fake.administration.moveMember('u1020', [6]);
  fake.administration.renameMember('u1026', 'Lukas Weber-Klein');
  fake.administration.addMember({ userid: 'u1050', name: '苏醒', department: [3], main_department: 3 });
  await sync(company);

  await admin.post('/api/userData:push', { dataType: 'user', sourceName: 'hr', records: STAFF });
  await idle(app);
  const failures = await find(admin, '/api/tasks?status=partially_succeeded');
  await make('/api/targets', { name: 'our-crm', type: 'crm', options: remote.options, sources: [company] });
  await idle(app);
  for (const userid of ['u1013', 'u1014', 'u1015', 'u1016', 'u1017', 'u1018', 'u1019']) {
    fake.administration.deleteMember(userid);
  }
  const held = await sync(company);

  for (const key of KEYS) await make('/api/api-keys', key);
  for (const [username, role] of PEOPLE) await invite(app, username, role);
  return {
    company,
    preview,
    first,
    failures,
    held,
    user: await find(admin, `/api/users?q=${encodeURIComponent('李伟')}`),
    department: await find(admin, `/api/departments?q=${encodeURIComponent('研发中心')}`),
    target: await find(admin, '/api/targets?q=our-crm'),
  };
}

/** A month of nightly pushes, most of which went well. */
const HISTORY = `
  insert into tasks (source_id, kind, status, staged, cost_ms, attempts, created_at, started_at, finished_at, message)
  select s.id, 'push', case when n % 11 = 4 then 'partially_succeeded' when n = 17 then 'failed' else 'succeeded' end,
    400 + 37 * (n % 9), 900 + 60 * (n % 7), 1, at, at, at + interval '1 second', 'Nightly push'
  from sources s, generate_series(1, 58) n, lateral (select now() - n * interval '12 hours' as at) t
  where s.name = 'hr' order by n desc`;

const STAFF = [
  { uid: 'e-100', nickname: 'Ada Lovelace', email: 'ada@example.com' },
  { uid: 'e-101', nickname: 'Grace Hopper', email: 'grace@example.com' },
  { uid: 'e-102', nickname: 'Alan Turing', email: 'ada@example.com' },
  { uid: 'e-103', nickname: 'Edsger Dijkstra', email: 'no address' },
];

const KEYS = [
  { name: 'HR nightly push', scopes: ['push'], sourceId: 1 },
  { name: 'Dashboard', scopes: ['read'] },
];

const PEOPLE = [
  ['marie.curie', 'operator'],
  ['zhang.wei', 'approver'],
] as const;

async function invite({ admin, anonymous }: TestApp, username: string, role: string): Promise<void> {
  const invited = await admin.post('/api/admins', { username, role });
  const token = new URL((invited.body as { invitation: { link: string } }).invitation.link).hash.slice(1);
  await anonymous.post('/api/auth/accept-invitation', { token, password: ADMIN_PASSWORD });
}

/** The first of a list. */
async function find(admin: TestClient, path: string): Promise<number> {
  const { items } = (await admin.get(path)).body as { items: Made[] };
  const id = items[0]?.id;
  if (id === undefined) throw new Error(`${path} finds nothing.`);
  return id;
}

/** Once no task waits or runs. */
async function idle({ admin }: TestApp): Promise<void> {
  await until<{ status: string }[]>(
    async () => ((await admin.get('/api/tasks?pageSize=100')).body as { items: { status: string }[] }).items,
    (tasks) => tasks.every(({ status }) => status !== 'queued' && status !== 'running'),
    120,
  );
}
