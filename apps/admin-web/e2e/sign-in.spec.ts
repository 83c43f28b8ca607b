import type { Locator, Page, Route } from 'playwright-core';
import { ADMIN_PASSWORD } from '../../sync-api/src/testing/start-test-app';
import { openRollcall, type OpenRollcall } from './support/open-rollcall';
import { signInByPage } from './support/visit';

let rollcall: OpenRollcall;

beforeAll(async () => {
  rollcall = await openRollcall();
}, 120_000);
afterAll(() => rollcall.close());

test('a wrong password is explained, the right one leads to the tasks', async () => {
  const { page, errors, close } = await rollcall.visit();
  await page.goto('/');
  await signInByPage(page, 'admin', 'wrong');
  await page.getByRole('alert').getByText('Username or password is not right').waitFor();
  expect(await focused(page).getAttribute('name')).toBe('password');

  await signInByPage(page, 'admin', ADMIN_PASSWORD);
  await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/sources');
  expect(errors).toEqual([]);
  await close();
});

test('signing in needs nothing but the keyboard', async () => {
  const { page, close } = await rollcall.visit();
  await page.goto('/');
  await page.getByLabel('Username').waitFor();
  await page.keyboard.type('admin');
  await page.keyboard.press('Tab');
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  // The focus is back in the password, its text selected: typing replaces it.
  await page.keyboard.type(ADMIN_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor();

  // A new page: reading and tabbing begin at its content.
  await page.locator('main:focus').waitFor({ state: 'attached' });
  await page.reload();
  await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor();
  // The first stop is the way past the navigation; the way out is the last of the header.
  const areas = await page.locator('.frame-nav a').allInnerTexts();
  for (const stop of ['Skip to content', 'Rollcall', ...areas, 'Account admin']) {
    await page.keyboard.press('Tab');
    await focused(page)
      .and(page.getByRole('link', { name: stop, exact: true }).or(page.getByRole('button', { name: stop })))
      .waitFor();
  }
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Sign out' }).waitFor({ state: 'hidden' });
  await focused(page)
    .and(page.getByRole('button', { name: 'Account admin' }))
    .waitFor();
  await close();
});

test('an empty field is asked for before anything is sent', async () => {
  const { page, close } = await rollcall.visit();
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Enter your username.').waitFor();
  await page.getByLabel('Username').fill('admin');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Enter your password.').waitFor();
  expect(sent).not.toContain('POST /api/auth/sign-in');
  await close();
});

test('after signing in one is where the link pointed to', async () => {
  const { page, close } = await rollcall.visit();
  await page.goto('/tasks?status=failed');
  await signInByPage(page, 'admin', ADMIN_PASSWORD);
  await page.getByText('Nothing matches these filters.').waitFor();
  expect(page.url()).toBe(`${rollcall.app.url}/tasks?status=failed`);

  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page.getByRole('heading', { name: 'Nothing has been synced yet' }).waitFor();
  expect(page.url()).toBe(`${rollcall.app.url}/tasks`);
  await page.goBack();
  await page.getByText('Nothing matches these filters.').waitFor();
  await close();
});

test('a link cannot lead to another site after signing in', async () => {
  const { page, close } = await rollcall.visit();
  await page.goto('/sign-in?from=//example.com/tasks');
  await signInByPage(page, 'admin', ADMIN_PASSWORD);
  await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor();
  expect(page.url()).toBe(`${rollcall.app.url}/sources`);
  await close();
});

test('signing out ends the session; the back button shows nothing of it', async () => {
  const { page, close } = await rollcall.visit();
  await page.goto('/');
  await signInByPage(page, 'admin', ADMIN_PASSWORD);
  await page.getByRole('button', { name: 'Account admin' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect((await page.request.get('/api/auth/me')).status()).toBe(401);
  await page.goBack();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await close();
});

test('a session that ends in the middle asks to sign in again and goes on there', async () => {
  const { page, errors, close } = await rollcall.visit();
  await page.goto('/tasks?kind=push');
  await signInByPage(page, 'admin', ADMIN_PASSWORD);
  await page.getByText('Nothing matches these filters.').waitFor();

  // It ends with the very request, lest the page notices before the filter is chosen.
  const endSession = async (route: Route): Promise<void> => {
    await page.request.post('/api/auth/sign-out', { data: {} });
    await route.continue();
  };
  await page.route('**/api/tasks?*status=held*', endSession, { times: 1 });
  await page.getByLabel('Status').selectOption('Held or preview');
  await page.getByText('Your session has ended.').waitFor();
  await signInByPage(page, 'admin', ADMIN_PASSWORD);
  await page.getByText('Nothing matches these filters.').waitFor();
  expect(page.url()).toBe(`${rollcall.app.url}/tasks?kind=push&status=held`);
  expect(errors).toEqual([]);
  await close();
});

test('somebody who is signed in does not meet the sign-in page', async () => {
  const { page, close } = await rollcall.visit();
  await page.goto('/');
  await signInByPage(page, 'admin', ADMIN_PASSWORD);
  await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor();
  await page.goto('/sign-in');
  await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor();
  await close();
});

test('too many attempts say how long to wait', async () => {
  const { page, close } = await rollcall.visit();
  for (let attempt = 0; attempt < 20; attempt++) {
    // Counted like any other, and no password is there to be hashed, which is made to take long.
    const { status } = await rollcall.app.anonymous.post('/api/auth/sign-in', { username: 'eve' });
    expect(status).toBe(400);
  }
  await page.goto('/sign-in');
  await signInByPage(page, 'eve', 'guess');
  const alert = page.getByRole('alert');
  await alert
    .getByText(/Too many attempts\. Wait \d+ seconds?, then try again\./)
    .first()
    .waitFor();
  expect(await page.getByRole('button', { name: 'Sign in' }).getAttribute('aria-disabled')).toBe('true');
  await close();
});

function focused(page: Page): Locator {
  return page.locator(':focus');
}
