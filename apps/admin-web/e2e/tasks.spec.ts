import { ADMIN_PASSWORD } from '../../sync-api/src/testing/start-test-app';
import { openRollcall, type OpenRollcall } from './support/open-rollcall';
import { type Visit } from './support/visit';

let rollcall: OpenRollcall;
let tab: Visit;

beforeAll(async () => {
  rollcall = await openRollcall();
  tab = await rollcall.visitAsAdmin();
  await tab.page.goto('/tasks');
}, 120_000);

afterEach(() => expect(tab.errors.splice(0)).toEqual([]));
afterAll(async () => {
  await tab.close();
  await rollcall.close();
});

test('the empty page tells how to push, and its command works with the key that it makes', async () => {
  const { page } = tab;
  await page.getByRole('heading', { name: 'Nothing has been synced yet' }).waitFor();
  await page.getByRole('button', { name: 'Make a key and put it in' }).click();
  await page.getByText('The key is in the command.').waitFor();
  const command = await page.getByRole('region', { name: 'Command that pushes one user' }).innerText();
  expect(command).toContain(`curl '${rollcall.app.url}/api/userData:push'`);

  const token = /Bearer (\S+)'/.exec(command)?.[1] ?? '';
  const body = /-d '(.*)'$/s.exec(command)?.[1] ?? '';
  const answer = await rollcall.app.anonymous.post('/api/userData:push', JSON.parse(body), {
    Authorization: `Bearer ${token}`,
  });
  expect(answer.body.data).toMatchObject({ code: 0, status: 'succeeded' });

  // Without a reload.
  const row = page.getByRole('row').filter({ hasText: 'Push' });
  await row.getByText('Succeeded').waitFor({ timeout: 4_000 });
  expect(await row.innerText()).toMatch(/Users\s+1 created/);
});

test('a pushed user appears as a task without a reload, and is read out', async () => {
  const { page } = tab;
  const key = await rollcall.app.key(['push']);
  await page.getByText('Live', { exact: true }).waitFor();
  await key.post('/api/userData:push', {
    dataType: 'user',
    records: [
      { uid: 'grace', nickname: 'Grace Hopper', email: 'grace@example.com' },
      { uid: 'bad', email: 'no address' },
    ],
  });
  const row = page.getByRole('row').filter({ hasText: 'Partly succeeded' });
  await row.waitFor({ timeout: 4_000 });
  expect(await row.innerText()).toMatch(/Users\s+1 created · 1 failed/);
  await page
    .locator('[data-announcer]')
    .getByText(/Partly succeeded/)
    .waitFor({ state: 'attached' });
});

test('filters stand in the address and survive a reload', async () => {
  const { page } = tab;
  await page.getByLabel('Status').selectOption('Partly succeeded');
  await page.waitForURL(/status=partially_succeeded/);
  await page.getByText('1 task', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('1 task', { exact: true }).waitFor();
  expect(await page.locator('.status').allInnerTexts()).toEqual(['Partly succeeded']);
  await page.goto('/tasks?status=nonsense&page=-3');
  expect(await page.getByLabel('Status').inputValue()).toBe('all');
  await page.getByText('2 tasks', { exact: true }).waitFor();
});

test('French and Chinese, by the browser and by choice, remembered', async () => {
  const french = await rollcall.visit({ locale: 'fr-CA' });
  await french.page.goto('/tasks');
  await french.page.getByRole('heading', { name: 'Connexion' }).waitFor();
  expect(await french.page.locator('html').getAttribute('lang')).toBe('fr');
  await french.page.getByLabel('Langue').selectOption('zh-CN');
  await french.page.getByRole('heading', { name: '登录' }).waitFor();
  await french.page.reload();
  await french.page.getByRole('heading', { name: '登录' }).waitFor();
  await french.page.getByLabel('用户名').fill('admin');
  await french.page.getByLabel('密码', { exact: true }).fill(ADMIN_PASSWORD);
  await french.page.getByRole('button', { name: '登录' }).click();
  await french.page.getByRole('heading', { name: '任务' }).waitFor();
  await french.page.locator('.status').getByText('部分成功').waitFor();
  expect(french.errors).toEqual([]);
  await french.close();
});

test('the theme follows the system until one is chosen, and the choice is remembered', async () => {
  const { page } = tab;
  const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.getByRole('button', { name: 'Account admin' }).click();
  await page.getByLabel('Appearance').selectOption('light');
  expect(await background()).toBe(light);
  await page.reload();
  expect(await background()).toBe(light);
  await page.emulateMedia({ colorScheme: 'light' });
});

test('a thousand tasks are paged by the server', async () => {
  const { page } = tab;
  await rollcall.app.pool.query(
    `insert into tasks (source_id, kind, status, message, cost_ms, created_at, finished_at)
     select id, 'pull', 'succeeded', 'Message ' || n, n, clock_timestamp() - n * interval '1 minute', clock_timestamp()
     from sources, generate_series(1, 1000) n where name = 'api'`,
  );
  await page.goto('/tasks?kind=pull');
  await page.getByText('1,000 tasks').waitFor();
  expect(await page.getByRole('row').filter({ hasText: 'Pull' }).count()).toBe(20);
  const pages = page.getByRole('navigation', { name: 'Pages' });
  expect(await pages.getByRole('button', { name: 'Previous page' }).isDisabled()).toBe(true);
  await pages.getByRole('button', { name: 'Page 50', exact: true }).press('Enter');
  await page.getByText('Message 1000', { exact: true }).waitFor();
  // It is read from its beginning.
  await page.getByRole('group', { name: 'Tasks' }).and(page.locator(':focus')).waitFor();
  expect(await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
  expect(await page.evaluate<number>('scrollY')).toBe(0);
  expect(await pages.locator('[aria-current="page"]').allInnerTexts()).toEqual(['50']);
  expect(await pages.getByRole('button', { name: 'Next page' }).isDisabled()).toBe(true);
  expect(new URL(page.url()).searchParams.get('page')).toBe('50');
  await page.goto('/tasks?kind=pull&page=999');
  await page.getByRole('button', { name: 'Go to the first page' }).click();
  await page.getByText('Message 1', { exact: true }).waitFor();
});
