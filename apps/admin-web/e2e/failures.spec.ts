import type { Page, Route } from 'playwright-core';
import { ADMIN_PASSWORD } from '../../sync-api/src/testing/start-test-app';
import { openRollcall, type OpenRollcall } from './support/open-rollcall';
import { until } from '../../sync-api/src/testing/until';
import { signInByPage, type Visit } from './support/visit';

let rollcall: OpenRollcall;
let tab: Visit;
let page: Page;

const LIST = /\/api\/tasks\?/;
const EVENTS = '**/api/tasks/events';

/** What a proxy says when the service behind it is away. */
const badGateway = (route: Route) =>
  route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>502 Bad Gateway</h1>' });

beforeAll(async () => {
  rollcall = await openRollcall();
  const key = await rollcall.app.key(['push']);
  await key.post('/api/userData:push', { dataType: 'user', records: [{ uid: 'ada', nickname: 'Ada' }] });
}, 120_000);
afterAll(() => rollcall.close());

beforeEach(async () => {
  tab = await rollcall.visitAsAdmin();
  page = tab.page;
});
afterEach(async () => {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await tab.close();
});

async function openTasks(): Promise<void> {
  await page.goto('/tasks');
  await page.locator('.status').first().waitFor();
}

test('without the service the sign-in page says so, and what was typed stays', async () => {
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.route('**/api/auth/sign-in', (route) => route.abort('connectionrefused'));
  await signInByPage(page, 'admin', ADMIN_PASSWORD);
  await page.getByRole('alert').getByText('The service does not answer.').waitFor();
  expect(await page.getByLabel('Username').inputValue()).toBe('admin');
  expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe(ADMIN_PASSWORD);
  await page.unrouteAll();
  await page.keyboard.press('Enter');
  await page.locator('.status').first().waitFor();
});

test('an error before the first list is explained and can be tried again', async () => {
  await page.route(LIST, badGateway);
  await page.goto('/tasks');
  await page.getByRole('alert').getByText('This list could not be loaded').waitFor();
  await page.getByText('The service is starting or has lost its database.').waitFor();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.status').first().waitFor();
  await page.getByRole('alert').waitFor({ state: 'detached' });
});

test('why settings could not be saved is seen beside the button, however long the form is', async () => {
  await page.goto('/sources');
  await page.getByRole('link', { name: 'HTTP API' }).click();
  await page.getByLabel('Name to show').fill('Not saved yet');
  // Not a word of it is this service's own.
  const errors = [{ message: 'Upstream failed.' }];
  await page.route(/\/api\/sources\/\d+$/, (route) => route.fulfill({ status: 500, json: { errors } }));
  await page.getByRole('button', { name: 'Save' }).click();
  const text = 'The service is starting or has lost its database.';
  const problem = page.locator('form').getByRole('alert').filter({ hasText: text });
  await problem.waitFor();
  const { y, height } = (await problem.boundingBox())!;
  expect(y).toBeGreaterThan(0);
  expect(y + height).toBeLessThan(page.viewportSize()!.height);
  expect(await page.getByLabel('Name to show').inputValue()).toBe('Not saved yet');
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Discard' }).click();
});

test('a page that cannot come without the service says so, and what was typed on another one is still there', async () => {
  await page.goto('/sources');
  await page.getByRole('link', { name: 'HTTP API' }).click();
  await page.getByLabel('Name to show').fill('Not saved yet');
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'Departments', exact: true }).click();
  await page.getByText('The service does not answer.').waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.goBack();
  await page.getByLabel('Name to show').waitFor();
  expect(await page.getByLabel('Name to show').inputValue()).toBe('Not saved yet');
  await page.goForward();
  await page.getByText('The service does not answer.').waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Departments' }).waitFor();
});

test('an error later leaves the list in place, says that it is old, and goes away by itself', async () => {
  await openTasks();
  await page.route(LIST, badGateway);
  const key = await rollcall.app.key(['push']);
  await key.post('/api/userData:push', { dataType: 'user', records: [{ uid: 'bob', nickname: 'Bob' }] });
  await page.getByText('What you see may be out of date').waitFor();
  await page.getByText('No connection', { exact: true }).waitFor();
  expect(await page.locator('.status').count()).toBeGreaterThan(0);
  await page.unrouteAll();
  await page.getByText('No connection', { exact: true }).waitFor({ state: 'detached', timeout: 15_000 });
  await page.getByText('What you see may be out of date').waitFor({ state: 'detached' });
}, 40_000);

test('without the live connection the list is read every few seconds', async () => {
  await page.route(EVENTS, badGateway);
  await openTasks();
  await page.getByText('Every 5 s').waitFor();
  const key = await rollcall.app.key(['push']);
  await key.post('/api/userData:push', { dataType: 'department', records: [{ uid: 'hq', title: 'Headquarters' }] });
  await page.getByText('Departments 1 created').waitFor({ timeout: 7_000 });
});

test('too many requests are explained', async () => {
  await page.route(LIST, (route) =>
    route.fulfill({
      status: 429,
      headers: { 'Retry-After': '5' },
      contentType: 'application/problem+json',
      body: JSON.stringify({ type: 'x', title: 'Too many', status: 429, code: 'too_many_requests' }),
    }),
  );
  await page.goto('/tasks');
  await page.getByRole('alert').getByText('Too many requests. Wait a moment').waitFor();
});

test('a session that another tab ends is noticed without a click', async () => {
  await page.route(EVENTS, badGateway);
  // A session of its own to end.
  await page.context().clearCookies();
  await page.goto('/tasks');
  await signInByPage(page, 'admin', ADMIN_PASSWORD);
  await page.locator('.status').first().waitFor();
  await page.request.post('/api/auth/sign-out', { data: {} });
  await page.getByText('Your session has ended.').waitFor();
  expect(new URL(page.url()).searchParams.get('from')).toBe('/tasks');
});

test('a page whose code is gone after an update offers to load the new one', async () => {
  await page.route(/assets\/tasks-page-.*\.js/, (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto('/tasks');
  await page.getByRole('heading', { name: 'This page could not be shown' }).waitFor();
  expect(await page.locator('main').count()).toBe(1);
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.status').first().waitFor();
});

test('an unknown address says so and leads back', async () => {
  await page.goto('/no/such/page');
  await page.getByRole('heading', { name: 'There is no page at this address' }).waitFor();
  await page.getByRole('link', { name: 'Go to the tasks' }).click();
  await page.locator('.status').first().waitFor();
});

test('names and messages of any length and content are shown as text and break nothing', async () => {
  const name = `long-${'x'.repeat(200)}`;
  await rollcall.app.admin.post('/api/sources', { name: name.slice(0, 60), type: 'push' });
  await rollcall.app.pool.query(
    `insert into tasks (source_id, kind, status, message, counts)
     select id, 'push', 'failed', $1, $2 from sources order by id desc limit 1`,
    [
      `<img src=x onerror="document.title='broken in'"> ${'w'.repeat(5_000)} 用户${'多'.repeat(500)}`,
      { users: { created: 123_456_789, failed: 98_765_432 }, [`target-${'t'.repeat(80)}`]: { updated: 1 } },
    ],
  );
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    if (width === 1280) await openTasks();
    await page.locator('.task-message').getByText('<img src=x').waitFor();
    // A table becomes cards when the window has told of its new width.
    await until(
      () => page.evaluate<number>('document.documentElement.scrollWidth'),
      (scrolled) => scrolled <= width,
    );
  }
  expect(await page.title()).toBe('Tasks · Rollcall');
  expect(tab.errors).toEqual([]);
});

test('where the browser keeps nothing, choices last as long as the page', async () => {
  await page.addInitScript(
    `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })`,
  );
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByLabel('Language').selectOption('fr');
  await page.getByRole('heading', { name: 'Connexion' }).waitFor();
  await page.getByLabel('Apparence').selectOption('dark');
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  expect(tab.errors).toEqual([]);
});
