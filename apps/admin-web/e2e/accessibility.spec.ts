import type { Page } from 'playwright-core';
import { accessibilityProblems } from './support/accessibility';
import { openRollcall, type OpenRollcall } from './support/open-rollcall';
import { until } from '../../sync-api/src/testing/until';
import { screenshot } from './support/screenshot';

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };
const VIEWS = [
  { name: 'light', options: { colorScheme: 'light', viewport: WIDE } },
  { name: 'dark', options: { colorScheme: 'dark', viewport: WIDE } },
  { name: 'light-narrow', options: { colorScheme: 'light', viewport: NARROW } },
  { name: 'dark-narrow', options: { colorScheme: 'dark', viewport: NARROW } },
] as const;

let rollcall: OpenRollcall;

beforeAll(async () => {
  rollcall = await openRollcall();
}, 120_000);
afterAll(() => rollcall.close());

test.each(VIEWS)('axe finds nothing on the sign-in page: $name', async ({ name, options }) => {
  const { page, close } = await rollcall.visit(options);
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Enter your username.').waitFor();
  await check(page, `sign-in-${name}`);
  await close();
});

test.each(VIEWS)('axe finds nothing on the empty task list: $name', async ({ name, options }) => {
  const { page, close } = await rollcall.visitAsAdmin(options);
  await page.goto('/tasks');
  await page.getByRole('heading', { name: 'Nothing has been synced yet' }).waitFor();
  await page.getByRole('button', { name: /^Account/ }).click();
  await check(page, `empty-${name}`);
  await close();
});

describe('with tasks', () => {
  beforeAll(async () => {
    // One task in every status; what a task that is not run by anybody looks like is all that matters here.
    await rollcall.app.pool.query(
      `insert into tasks (source_id, kind, status, step, done, total, held_reason, message, counts, cost_ms,
         created_at, next_attempt_at)
       select s.id, k.kind, v.status, v.step, 420, 1000, v.held, v.message, v.counts::jsonb, v.cost,
         timestamptz '2026-03-01 09:00Z' - v.n * interval '1 hour',
         case v.status when 'queued' then timestamptz '2100-01-01 09:00Z' end
       from sources s, (values ('pull'), ('push'), ('snapshot')) k (kind), (values
         (1, 'queued', null, null, null, '{}', null),
         (2, 'held', 'guard', 'limits', '212 users would be disabled, more than 10 % of this source.',
            '{"users":{"disabled":212}}', 4210),
         (3, 'succeeded', null, null, '1,215 users and 14 departments read, 15 changes applied.',
            '{"users":{"created":12,"updated":3,"unchanged":1200},"departments":{"created":1}}', 842),
         (4, 'partially_succeeded', null, null, '2 records failed.',
            '{"users":{"created":12,"failed":2},"departments":{"unchanged":14}}', 75000),
         (5, 'failed', null, null, 'The source refused the secret. Enter it anew, then retry.', '{}', 4000000),
         (6, 'cancelled', null, null, 'Cancelled by admin.', '{}', 1200)
       ) v (n, status, step, held, message, counts, cost)
       where s.name = 'api'`,
    );
  });

  test.each(VIEWS)('axe finds nothing on the task list: $name', async ({ name, options }) => {
    const { page, close } = await rollcall.visitAsAdmin(options);
    await page.goto('/tasks');
    await page.locator('.status').getByText('Partly succeeded').first().waitFor();
    await check(page, `tasks-${name}`);
    await close();
  });

  test('nothing sticks out of a narrow screen, whose pages are in a drawer', async () => {
    const { page, close } = await rollcall.visitAsAdmin({ viewport: { width: 320, height: 640 } });
    await page.goto('/tasks');
    await page.locator('.status').getByText('Partly succeeded').first().waitFor();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);

    const button = page.getByRole('button', { name: 'Menu' });
    const drawer = page.getByRole('dialog', { name: 'Menu' });
    expect(await page.getByRole('link', { name: 'Departments' }).count()).toBe(0);
    await button.focus();
    await page.keyboard.press('Enter');
    await drawer.getByRole('link', { name: 'Tasks' }).and(page.locator('[aria-current=page]')).waitFor();
    await check(page, 'drawer');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await page.locator(':focus').and(button).waitFor();

    await button.click();
    await drawer.getByRole('link', { name: 'Administration' }).click();
    await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor();
    await drawer.waitFor({ state: 'hidden' });
    await page.locator('main:focus').waitFor({ state: 'attached' });
    await button.click();
    await drawer.locator('[data-inside]').getByText('Administration').waitFor();
    await close();
  });

  test('a table that is wider than its place is reached by the keyboard, and not otherwise', async () => {
    const { page, close } = await rollcall.visitAsAdmin({ viewport: { width: 900, height: 800 } });
    await page.goto('/tasks');
    const place = page.locator('.table-scroll');
    await place.and(page.locator('[tabindex="0"]')).waitFor();
    await place.focus();
    await page.keyboard.press('ArrowRight');
    await until(
      () => place.evaluate((table) => (table as unknown as { scrollLeft: number }).scrollLeft),
      (left) => left > 0,
    );
    await page.setViewportSize({ width: 1600, height: 800 });
    await place.and(page.locator(':not([tabindex])')).waitFor();
    await close();
  });
});

async function check(page: Page, name: string): Promise<void> {
  await screenshot(page, name);
  expect(await accessibilityProblems(page)).toEqual([]);
}
