// npm run screenshots: every page in both themes and three languages, to be looked at, and the pictures of the documentation.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startRemoteTarget } from '../../sync-api/src/testing/remote-target';
import { DEMO_COMPANY } from './support/demo-company';
import { type DemoPlaces, furnish } from './support/demo-rollcall';
import { startFakeWecom } from './support/fake-wecom';
import { openRollcall, type OpenRollcall } from './support/open-rollcall';
import { until } from '../../sync-api/src/testing/until';

/** Git ignores it. */
const FOLDER = join(__dirname, 'screenshots/pages');
const DOCUMENTS = join(__dirname, '../../../docs/screenshots');
const GREATEST_BYTES = 150_000;

const LOCALES = ['en-GB', 'fr-FR', 'zh-CN'];
const THEMES = ['light', 'dark'] as const;

/** Name of the picture → address. */
const pagesOf = (at: DemoPlaces): Record<string, string> => ({
  sources: '/sources',
  'source-new': '/sources/new',
  'source-new-wecom': '/sources/new?type=wecom',
  source: `/sources/${at.company}`,
  tasks: '/tasks',
  'task-preview': `/tasks/${at.preview}`,
  'task-done': `/tasks/${at.first}`,
  'task-failures': `/tasks/${at.failures}?tab=failures`,
  'task-held': `/tasks/${at.held}`,
  users: '/users',
  user: `/users/${at.user}`,
  departments: '/departments',
  department: `/departments/${at.department}`,
  targets: '/targets',
  'target-new': '/targets/new?type=crm',
  target: `/targets/${at.target}`,
  'api-keys': '/api-keys',
  admins: '/admins',
  adapters: '/adapters',
  adapter: '/adapters/wecom',
  audit: '/audit',
  system: '/system',
  account: '/account',
});

/** What README and docs show: picture, theme. */
const DOCUMENTED = [
  ['sources', 'light'],
  ['source-new-wecom', 'light'],
  ['task-held', 'light'],
  ['users', 'light'],
  ['department', 'dark'],
  ['system', 'dark'],
] as const;

test('pictures are taken', async () => {
  const remote = await startRemoteTarget();
  const fake = await startFakeWecom({ company: DEMO_COMPANY, settings: { appCreated: 'before' } });
  const rollcall = await openRollcall({ ...remote.env, ROLLCALL_ALLOW_PRIVATE_ADDRESSES: '1' });
  try {
    const places = await furnish(rollcall.app, fake, remote);
    for (const locale of LOCALES) for (const theme of THEMES) await takeAll(rollcall, places, locale, theme);
    for (const [name, theme] of DOCUMENTED) await takeOne(rollcall, places, name, theme);
  } finally {
    await rollcall.close();
    await fake.close();
    await remote.stop();
  }
}, 1_800_000);

async function takeAll(
  rollcall: OpenRollcall,
  places: DemoPlaces,
  locale: string,
  colorScheme: (typeof THEMES)[number],
): Promise<void> {
  const folder = join(FOLDER, `${locale}-${colorScheme}`);
  mkdirSync(folder, { recursive: true });
  const tab = await rollcall.visitAsAdmin({ locale, colorScheme });
  await requireChinese(tab.page);
  for (const [name, address] of Object.entries(pagesOf(places))) {
    await open(tab.page, address);
    await tab.page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  }
  expect(tab.errors).toEqual([]);
  await tab.close();
  const visitor = await rollcall.visit({ locale, colorScheme });
  await open(visitor.page, '/sign-in');
  await visitor.page.screenshot({ path: join(folder, 'sign-in.png') });
  await visitor.close();
}

/** As much as a window shows. */
async function takeOne(
  rollcall: OpenRollcall,
  places: DemoPlaces,
  name: (typeof DOCUMENTED)[number][0],
  colorScheme: (typeof THEMES)[number],
): Promise<void> {
  mkdirSync(DOCUMENTS, { recursive: true });
  const tab = await rollcall.visitAsAdmin({ colorScheme });
  await open(tab.page, pagesOf(places)[name] ?? '');
  const path = join(DOCUMENTS, `${name}.png`);
  await tab.page.screenshot({ path });
  await tab.close();
  expect(statSync(path).size).toBeLessThanOrEqual(GREATEST_BYTES);
}

/** The page with what it loads. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('.ant-skeleton').first().waitFor({ state: 'detached' });
  const loaded = 'document.fonts.status === "loaded" && [...document.images].every((image) => image.complete)';
  await until(() => page.evaluate<boolean>(loaded), Boolean);
}

/** Without such a font every character is the same box. */
async function requireChinese(page: Page): Promise<void> {
  await page.goto('/sign-in');
  const readable = await page.evaluate<boolean>(`(() => {
    const draw = (text) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 40 });
      const context = canvas.getContext('2d');
      context.font = '32px sans-serif';
      context.fillText(text, 4, 32);
      return canvas.toDataURL();
    };
    return draw('用') !== draw('部');
  })()`);
  if (!readable) {
    throw new Error(
      'No font on this machine has Chinese characters. Install one, such as fonts-noto-cjk, then try again.',
    );
  }
}
