import { openRollcall, type OpenRollcall } from './support/open-rollcall';
import { screenshot } from './support/screenshot';

let rollcall: OpenRollcall;

beforeAll(async () => {
  rollcall = await openRollcall();
}, 120_000);
afterAll(() => rollcall.close());

test('the page about the API works under the security policy and asks nobody but this service', async () => {
  const { page, errors, close } = await rollcall.visit();
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && origin !== rollcall.app.url) foreign.push(request.url());
  });
  await page.goto('/api/docs');
  await page.getByRole('heading', { name: /^Rollcall/ }).waitFor();
  await page.locator('#operations-tag-Push').click();
  await page.getByText('Push users or departments').first().click();
  await page.getByText('For admins with the role admin; keys with the scope push or admin.').waitFor();
  await screenshot(page, 'api-docs');

  // Trying a route out from the page works too.
  await page.locator('#operations-tag-Operation').click();
  await page.getByText('Whether the process answers at all').click();
  const route = page.locator('.opblock.is-open').filter({ hasText: '/api/health/live' });
  await route.getByRole('button', { name: 'Try it out' }).click();
  const answered = page.waitForResponse('**/api/health/live');
  await route.getByRole('button', { name: 'Execute' }).click();
  expect((await answered).status()).toBe(200);

  expect(errors).toEqual([]);
  expect(foreign).toEqual([]);
  await close();
});
