import type { Page } from 'playwright-core';
import { startRemoteTarget, type RemoteTarget } from '../../sync-api/src/testing/remote-target';
import { until } from '../../sync-api/src/testing/until';
import { accessibilityProblems } from './support/accessibility';
import { openRollcall, type OpenRollcall } from './support/open-rollcall';
import { screenshot } from './support/screenshot';
import type { Visit } from './support/visit';

const DARK_NARROW = { colorScheme: 'dark', viewport: { width: 320, height: 740 } } as const;

let remote: RemoteTarget;
let rollcall: OpenRollcall;
let tab: Visit;
let page: Page;

beforeAll(async () => {
  remote = await startRemoteTarget();
  rollcall = await openRollcall({ ...remote.env, ROLLCALL_ALLOW_PRIVATE_ADDRESSES: '1' });
  const key = await rollcall.app.key(['push']);
  const records = Array.from({ length: 12 }, (_, n) => ({ uid: `person-${n}`, nickname: `Person ${n}` }));
  await key.post('/api/userData:push', { dataType: 'user', records });
  tab = await rollcall.visitAsAdmin();
  page = tab.page;
}, 120_000);

afterEach(() => expect(tab.errors.splice(0)).toEqual([]));
afterAll(async () => {
  await tab.close();
  await rollcall.close();
  await remote.stop();
});

async function look(name: string): Promise<void> {
  await screenshot(page, name);
  expect(await accessibilityProblems(page)).toEqual([]);
}

/** Once no task waits or runs. */
const idle = (): Promise<{ id: number; status: string }[]> =>
  until<{ id: number; status: string }[]>(
    async () => (await rollcall.app.admin.get('/api/tasks?pageSize=100')).body.items,
    (tasks) => tasks.every(({ status }) => status !== 'queued' && status !== 'running'),
  );

test('the list has the two built-in targets and says what could be added', async () => {
  await page.goto('/tasks');
  await page.getByRole('link', { name: 'Targets' }).click();
  await page.getByRole('row', { name: /Users.*Built in.*On.*All sources.*Succeeded/ }).waitFor();
  await page.getByText(/Installed and ready to be added: (Webhook, CRM|CRM, Webhook)\./).waitFor();
  await look('targets-light');
  await page.getByRole('main').getByRole('link', { name: 'Users', exact: true }).click();
  await page.getByText('This target came with Rollcall').waitFor();
  await page.getByRole('row', { name: /HTTP API 12 0 0/ }).waitFor();
  expect(await page.getByRole('button', { name: /Delete|Switch/ }).count()).toBe(0);
  await look('target-built-in-light');
});

test('a target of a third party is added, explained at its fields, and tried before', async () => {
  await page.goto('/targets');
  await page.getByRole('link', { name: 'Add a target' }).click();
  await page.getByRole('link', { name: /^Webhook.*Posts changes/ }).waitFor();
  await page.getByRole('link', { name: /^CRM/ }).click();
  await page.getByRole('heading', { name: 'New target: CRM' }).waitFor();
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Our CRM');
  await page.getByRole('button', { name: 'Add a target' }).click();
  await page.getByText('Use 1 to 63 lower-case letters').waitFor();
  expect(await name.getAttribute('aria-invalid')).toBe('true');
  await name.fill('our-crm');
  await page.getByRole('button', { name: 'Add a target' }).click();
  await page.getByText('This is needed.').first().waitFor();

  await page.getByLabel('url').fill(remote.options.url);
  await page.getByLabel('token', { exact: true }).fill('not this one');
  await page.getByRole('button', { name: 'Test connection' }).click();
  await page.getByRole('alert').getByText('It does not work yet').waitFor();
  await page.getByText('Who are you?').waitFor();
  await look('target-new-light');

  await page.getByLabel('token', { exact: true }).fill(remote.options.token);
  await page.getByRole('button', { name: 'Test connection' }).click();
  await page.getByText('It works').waitFor();
  await page.getByLabel('Deletions: per cent').fill('many');
  await page.getByRole('button', { name: 'Add a target' }).click();
  await page.getByText('Enter whole numbers, and per cent from 0 to 100.').waitFor();
  await page.getByLabel('Deletions: per cent').fill('2,5');
  await page.getByRole('button', { name: 'Add a target' }).click();
  await page.getByRole('heading', { name: 'our-crm' }).waitFor();
});

test('its first plan waits for approval, and the page leads there', async () => {
  await page.getByText('The first plan is waiting for approval').waitFor();
  const link = page.getByRole('link', { name: /Look at the plan/ });
  const task = /\d+/.exec(await link.innerText())?.[0] ?? '';
  expect(await link.getAttribute('href')).toBe(`/tasks/${task}`);
  await page.getByRole('row', { name: /HTTP API 12 12 0/ }).waitFor();
  await look('target-review-light');

  remote.fault = ({ uid }) =>
    uid === 'person-7' ? { code: 'rejected_by_target', message: 'No such desk.' } : undefined;
  await rollcall.app.admin.post(`/api/tasks/${task}/approve`);
  await idle();
  remote.fault = () => undefined;
  await page.reload();
  await page.getByRole('row', { name: new RegExp(`HTTP API 12 1 1 in task ${task}`) }).waitFor();
  await page.getByText('The first plan is waiting for approval').waitFor({ state: 'detached' });
  await page.getByText('1 failed').waitFor();
});

test('settings are changed and stay hidden where they are secret; what was typed survives another look', async () => {
  expect(await page.getByLabel('token', { exact: true }).inputValue()).toBe('');
  expect(await page.content()).not.toContain(remote.options.token);
  expect(await page.getByLabel('Deletions: per cent').inputValue()).toBe('2.5');
  await page.getByLabel('Only these sources').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Choose at least one source, or all of them.').waitFor();
  await page.getByLabel('HTTP API', { exact: true }).check();
  await page.getByText('stays there; Rollcall forgets it').waitFor();
  await page.getByRole('link', { name: 'All targets' }).click();
  await page.getByRole('link', { name: 'our-crm' }).click();
  expect(await page.getByLabel('HTTP API', { exact: true }).isChecked()).toBe(true);
  await look('target-light');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('[data-announcer]').getByText('Saved.').waitFor({ state: 'attached' });
  const { body } = await rollcall.app.admin.get('/api/targets?q=our');
  expect(body.items[0]).toMatchObject({ sources: [1], secretsSet: ['token'], limits: { deletes: { percent: 2.5 } } });
  // Whom it refused before is told by the way: it may take them now.
  await idle();
  expect(remote.resources.size).toBe(12);
});

test('one that does not answer says so in the list and on its page: since when, why, and when it is tried again', async () => {
  remote.fault = () => ({ code: 'vendor_busy', message: 'Closed for lunch.', retryAfter: 1_200, stop: true });
  const records = [{ uid: 'person-0', nickname: 'Person Zero' }];
  await rollcall.app.admin.post('/api/userData:push', { dataType: 'user', records });
  const notice = page.getByRole('status').filter({ hasText: 'This target does not answer' });
  await notice.getByText('Closed for lunch.').waitFor();
  await notice.getByText(/Since .*\. Next attempt at \d+:\d+/).waitFor();
  const waiting = await notice.getByRole('link', { name: /^Task \d+$/ }).innerText();
  await look('target-away-light');
  await page.getByRole('link', { name: 'All targets' }).click();
  await page.getByRole('row', { name: /our-crm.*Not answering.*Since .* Next attempt at/ }).waitFor();
  await look('targets-away-light');
  await page.getByRole('link', { name: 'Tasks', exact: true }).click();
  await page.getByRole('row').filter({ hasText: waiting }).getByText('Backfill · our-crm').waitFor();

  remote.fault = () => undefined;
  const [{ id }] = (await rollcall.app.admin.get('/api/targets?q=our')).body.items;
  await rollcall.app.admin.post(`/api/targets/${id}/check`, {});
  await page.goto(`/targets/${id}`);
  await page.locator('.target-facts').getByText('On', { exact: true }).waitFor();
  expect(await notice.count()).toBe(0);
  await idle();
});

test('an address of another host says before it is saved that the secrets go', async () => {
  const address = page.getByLabel('url', { exact: true });
  const stored = await address.inputValue();
  const stillSet = async (): Promise<unknown> =>
    (await rollcall.app.admin.get('/api/targets')).body.items.find(({ name }: { name: string }) => name === 'our-crm')
      .secretsSet;
  const warning = page.getByText('are removed when you save: enter them again');
  await address.fill(`${stored}/path`);
  expect(await warning.count()).toBe(0);
  await address.fill('http://127.0.0.1:9');
  await warning.waitFor();
  const secret = page.getByLabel('token', { exact: true });
  expect(await secret.getAttribute('placeholder')).toBeNull();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.form-field', { has: secret }).getByText('This is needed.').waitFor();
  expect(await stillSet()).toEqual(['token']);
  await secret.fill('for the new one');
  await warning.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Discard' }).click();
  expect(await address.inputValue()).toBe(stored);
  // The keyboard goes on from the form, not from the head of the page.
  await page.locator('form:focus').waitFor();
  expect(await secret.getAttribute('placeholder')).toMatch(/^Set\./);
});

test('a later plan that waits for a decision stands on its page, with the way there', async () => {
  const { admin } = rollcall.app;
  const limits = (deletes: object): Promise<unknown> =>
    admin.patch('/api/sources/1', { policies: { limits: { deletes } } });
  await limits({ percent: 100, count: 100 });
  const records = Array.from({ length: 6 }, (_, n) => ({ uid: `person-${n}`, isDeleted: true }));
  await admin.post('/api/userData:push', { dataType: 'user', records });
  const notice = page.getByRole('status').filter({ hasText: 'A plan for this target waits for a decision' });
  await notice.getByText('6 records would be deleted on our-crm, of 12.').waitFor();
  await look('target-held-light');
  const task = /\d+/.exec(await notice.getByRole('link', { name: /Look at the plan/ }).innerText())?.[0] ?? '';
  await admin.post(`/api/tasks/${task}/approve`);
  await notice.waitFor({ state: 'detached' });
  await idle();
});

test('a plan of a push says which targets get by tasks of their own what it changes, and keeps nothing from them before', async () => {
  const { admin } = rollcall.app;
  const records = Array.from({ length: 3 }, (_, n) => ({ uid: `person-${n}`, nickname: `Person ${n}, once more` }));
  const { body } = await admin.post('/api/userData:push', { dataType: 'user', records, dryRun: true });
  const id = (body.data?.taskId ?? body.id) as number;
  await page.goto(`/tasks/${id}`);
  await page.getByText('What it changes goes to our-crm by tasks of their own').waitFor();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('dialog').getByText('What it changes goes to our-crm by tasks of their own').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.goto('/targets');
  await page.getByRole('link', { name: 'our-crm' }).click();
  await page.getByRole('heading', { name: 'our-crm' }).waitFor();
  await page.getByText('Not arrived yet').waitFor();
  expect(await page.getByText('A plan for this target waits for a decision').count()).toBe(0);
  await admin.post(`/api/tasks/${id}/reject`);
});

test('an undo says that targets elsewhere are told later, and does not count what was told there', async () => {
  const { rows } = await rollcall.app.pool.query<{ id: number }>(
    `insert into tasks (source_id, kind, status, step, counts, released_at, finished_at)
     values (1, 'pull', 'succeeded', 'report', '{"users":{"created":3},"our-crm":{"created":2}}', now(), now()) returning id`,
  );
  const [{ id }] = rows as [{ id: number }];
  const target = page.url();
  await page.goto(`/tasks/${id}`);
  await page.getByRole('button', { name: 'Undo' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Targets elsewhere are told a little later').waitFor();
  await dialog.getByText('3 created').waitFor();
  expect(await dialog.getByText('2 created').count()).toBe(0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await rollcall.app.pool.query('delete from tasks where id = $1', [id]);
  await page.goto(target);
});

test('it is switched off and on, each with what that means', async () => {
  await page.getByRole('button', { name: 'Turn off' }).click();
  const dialog = page.getByRole('dialog', { name: 'Turn off our-crm?' });
  await dialog.getByText('What is there stays there').waitFor();
  await dialog.getByRole('button', { name: 'Turn off' }).click();
  await page.locator('.target-facts').getByText('Off', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByRole('dialog').getByText('nothing is written there before an approver').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
});

test('a viewer may look and not touch', async () => {
  const { app } = rollcall;
  const invited = await app.admin.post('/api/admins', { username: 'viola', role: 'viewer' });
  const token = new URL(invited.body.invitation.link).hash.slice(1);
  await app.anonymous.post('/api/auth/accept-invitation', { token, password: 'only looks around' });
  const session = await app.signIn('viola', 'only looks around');
  const [name = '', value = ''] = (session.headers['Cookie'] ?? '').split(/=(.*)/s);
  const viewer = await rollcall.visit();
  await viewer.page.context().addCookies([{ name, value, url: app.url }]);
  await viewer.page.goto('/targets');
  await viewer.page.getByRole('link', { name: 'our-crm' }).click();
  await viewer.page.getByRole('heading', { name: 'Settings' }).waitFor();
  expect(await viewer.page.locator('main button').count()).toBe(0);
  expect(await viewer.page.getByLabel('url').isDisabled()).toBe(true);
  await viewer.page.goto('/targets/new');
  await viewer.page.getByText('Only an administrator can add a target.').waitFor();
  expect(viewer.errors).toEqual([]);
  await viewer.close();
});

test.each([
  ['fr', 'Cibles', 'Réglages'],
  ['zh-CN', '目标', '设置'],
])('in %s, dark, and on a narrow screen', async (locale, title, settings) => {
  const other = await rollcall.visitAsAdmin({ locale, ...DARK_NARROW });
  await other.page.goto('/targets');
  await other.page.getByRole('heading', { name: title }).waitFor();
  await other.page.getByRole('link', { name: 'our-crm' }).waitFor();
  await screenshot(other.page, `targets-${locale}-dark-narrow`);
  expect(await accessibilityProblems(other.page)).toEqual([]);
  await other.page.getByRole('link', { name: 'our-crm' }).click();
  await other.page.getByRole('heading', { name: settings }).waitFor();
  await other.page.getByRole('listitem').getByText('HTTP API').waitFor();
  await screenshot(other.page, `target-${locale}-dark-narrow`);
  expect(await accessibilityProblems(other.page)).toEqual([]);
  expect(await other.page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  expect(other.errors).toEqual([]);
  await other.close();
});

test('deleting says what stays, and leaves it there', async () => {
  const before = remote.calls.length;
  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete our-crm?' });
  await dialog.getByText('Users and departments that are there stay there.').waitFor();
  await dialog.getByRole('button', { name: 'Delete target' }).click();
  await page.getByRole('heading', { name: 'Targets' }).waitFor();
  expect(await page.getByRole('link', { name: 'our-crm' }).count()).toBe(0);
  expect(remote.calls).toHaveLength(before);
  expect(remote.resources.size).toBe(12);
  await page.goto('/targets/77');
  await page.getByText('There is no such target (any more)').waitFor();
});
