import type { Locator, Page } from 'playwright-core';
import type { FakeWecom } from '../../../tools/fake-wecom/server.mjs';
import { ADMIN_PASSWORD } from '../../sync-api/src/testing/start-test-app';
import { Keyboard } from './support/by-keyboard';
import { startFakeWecom } from './support/fake-wecom';
import { openRollcall, type OpenRollcall } from './support/open-rollcall';
import { installThirdPartySource, type ThirdPartySource } from './support/third-party-source';
import { signInByPage, type Visit } from './support/visit';

// What people come for, from one end to the other; each page has tests of its own beside.
jest.setTimeout(120_000);

const COMPANY = '企业微信';

let thirdParty: ThirdPartySource;
let fake: FakeWecom;
let rollcall: OpenRollcall;
let tab: Visit;
let page: Page;

beforeAll(async () => {
  thirdParty = installThirdPartySource();
  fake = await startFakeWecom({ people: 40, departments: 8 });
  rollcall = await openRollcall({ ...thirdParty.env, ROLLCALL_ALLOW_ADDRESSES: '127.0.0.1' });
  tab = await rollcall.visit();
  page = tab.page;
}, 120_000);

afterEach(() => expect(tab.errors.splice(0)).toEqual([]));
afterAll(async () => {
  await tab.close();
  await rollcall.close();
  await fake.close();
  thirdParty.remove();
});

const main = (): Locator => page.getByRole('navigation', { name: 'Main' });
const field = (label: string): Locator => page.getByLabel(label, { exact: true });
const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
const status = (): Locator => page.locator('.task-standing .status');
const banner = (): Locator => page.getByRole('complementary', { name: 'Needs attention' });

/** Members who are there. */
const headcount = (): number => fake.truth().members.filter((member) => member.status !== 5).length;

/** The page of the company's source. */
async function openCompany(): Promise<void> {
  await main().getByRole('link', { name: 'Sources' }).click();
  await page.getByRole('link', { name: COMPANY }).click();
  await page.getByRole('heading', { name: COMPANY, level: 1 }).waitFor();
}

test('by keyboard alone: sign in, add WeCom, be told of a wrong secret, preview, sync, and find somebody', async () => {
  const keys = new Keyboard(page);
  await page.goto('/');
  await keys.type(field('Username'), 'admin');
  await keys.type(field('Password'), ADMIN_PASSWORD);
  await page.keyboard.press('Enter');

  await keys.press(main().getByRole('link', { name: 'Sources' }));
  await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor();
  await keys.press(page.getByRole('link', { name: 'Add a source' }));
  await page.getByText('What does the source read?').waitFor();
  await keys.press(page.getByRole('link', { name: /^WeCom/ }));
  await page.getByRole('heading', { name: /^New source: WeCom/ }).waitFor();

  await keys.type(field('Name to show'), COMPANY);
  await keys.type(page.getByLabel('Corp ID (企业ID)'), fake.corp.corpId);
  await keys.type(page.getByLabel('AgentId of the app'), String(fake.corp.agentId));
  const secret = page.getByRole('textbox', { name: /^Secret of the app/ });
  await keys.type(secret, 'copied from the wrong app');
  await keys.to(page.getByText('More settings'));
  await page.keyboard.press('Enter');
  await keys.type(page.getByLabel('Address of the API'), fake.url);
  await keys.press(button('Test connection'));
  await page.getByText('It does not work yet').waitFor();
  // Explained where it is to be mended, and the focus is there already.
  const wrong = page.locator('[aria-invalid="true"]');
  expect(await wrong.getAttribute('id')).toBe(await secret.getAttribute('id'));
  const explanation = (await wrong.getAttribute('aria-describedby')) ?? '';
  const words = await page.locator(`[id="${explanation.split(' ').at(-1) ?? ''}"]`).innerText();
  expect(words).toMatch(/secret/i);
  await keys.type(wrong, fake.corp.agentSecret);
  await keys.press(button('Test connection'));
  await page.getByText('It works').waitFor();
  await keys.press(button('Add a source'));
  await page.getByRole('heading', { name: COMPANY, level: 1 }).waitFor();

  // Nothing was ever read: the first button looks before it leaps.
  await keys.press(button(`Preview: ${COMPANY}`));
  await page.getByRole('heading', { name: 'A preview: this is what the sync would do' }).waitFor();
  expect((await rollcall.app.admin.get('/api/users')).body.total).toBe(0);
  // Departments go by their titles, though they are only planned themselves.
  await keys.press(page.getByRole('link', { name: /^Memberships: \d+ to update/ }));
  await page.waitForURL(/dataType=user/);
  await page.locator('.outdated').waitFor({ state: 'detached' });
  const departments = page.locator('.list-table ins');
  await departments.first().waitFor();
  expect(await departments.allInnerTexts()).not.toContainEqual(expect.stringMatching(/^\d/));

  await keys.press(main().getByRole('link', { name: 'Sources' }), { back: true });
  await keys.press(page.getByRole('link', { name: COMPANY }));
  await page.getByRole('heading', { name: COMPANY, level: 1 }).waitFor();
  await keys.press(button(`Sync: ${COMPANY}`));
  await page.locator('.timeline').waitFor();
  await status().getByText('Succeeded', { exact: true }).waitFor({ timeout: 40_000 });

  await keys.press(main().getByRole('link', { name: 'Users' }), { back: true });
  await page.getByText(`${headcount()} users`, { exact: true }).waitFor();
  const somebody = fake.truth().members.find((member) => member.status === 1);
  await keys.type(page.getByRole('searchbox', { name: 'Search users' }), somebody?.name ?? '');
  // The list is made anew a moment after the last key.
  await page.waitForURL(/[?&]q=/);
  await page.locator('.outdated').waitFor({ state: 'detached' });
  await keys.press(page.getByRole('link', { name: somebody?.name ?? '' }).first());
  await page.getByRole('heading', { name: somebody?.name ?? '', level: 1 }).waitFor();
});

test('a sync that fails says why on every page, and succeeds when it is tried again after that is mended', async () => {
  fake.configure({ trustedIps: { app: [] } });
  await openCompany();
  await button(`Sync: ${COMPANY}`).click();
  await status().getByText('Failed', { exact: true }).waitFor({ timeout: 40_000 });
  await page
    .getByText(/可信IP/)
    .first()
    .waitFor();
  await main().getByRole('link', { name: 'Users' }).click();
  await banner().getByText('Failed').waitFor();
  await page.getByText(`${headcount()} users`, { exact: true }).waitFor();

  fake.configure({ trustedIps: { app: ['127.0.0.1'] } });
  await banner()
    .getByRole('link', { name: /^Task / })
    .click();
  await button(/^Retry: /).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retry' }).click();
  await status().getByText('Succeeded', { exact: true }).waitFor({ timeout: 40_000 });
  await main().getByRole('link', { name: 'Users' }).click();
  await page.getByText(`${headcount()} users`, { exact: true }).waitFor();
  expect(await banner().count()).toBe(0);
});

test('a plan that would take away too many people waits, is looked at, and approved', async () => {
  const before = headcount();
  const ordinary = fake.truth().members.filter(({ userid, status: state }) => state === 1 && /^[a-z]+$/.test(userid));
  for (const { userid } of ordinary.slice(0, 9)) fake.administration.deleteMember(userid);
  await openCompany();
  await button(`Sync: ${COMPANY}`).click();
  await page.getByRole('heading', { name: /^This plan waits for a decision/ }).waitFor({ timeout: 40_000 });
  await page.getByText(`9 users would be disabled, of ${before}.`).first().waitFor();
  expect((await rollcall.app.admin.get('/api/users?status=active')).body.total).toBeGreaterThan(before - 9);
  await button(/^Approve: /).click();
  await page.getByRole('dialog').getByText('Exactly this plan is applied').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await status().getByText('Succeeded', { exact: true }).waitFor({ timeout: 40_000 });
  await page.getByRole('link', { name: 'Users: 9 disabled' }).waitFor();
});

test('an adapter of which the pages know nothing has its form, texts, icon and README', async () => {
  await main().getByRole('link', { name: 'Sources' }).click();
  await page.getByRole('link', { name: 'Add a source' }).click();
  const card = page.getByRole('link', { name: /^Time clock/ });
  await card.getByText('Reads who has a badge.').waitFor();
  expect(await card.locator('img').getAttribute('src')).toMatch(/^data:image\/svg\+xml;base64,/);
  await card.click();
  await page.getByText('About this adapter').click();
  await page.getByText('beside the door').waitFor();
  await field('Site').selectOption('south');
  await page.getByRole('textbox', { name: 'Badge code' }).fill('0815');
  await button('Test connection').click();
  await page.getByText('Another code is on it.').first().waitFor();
  await page.getByRole('textbox', { name: 'Badge code' }).fill('4711');
  await button('Test connection').click();
  await page.getByText('The clock ticks.').waitFor();
  await button('Add a source').click();
  await button(/^Sync: timeclock/).click();
  await status().getByText('Succeeded', { exact: true }).waitFor({ timeout: 40_000 });
  expect((await rollcall.app.admin.get('/api/users?q=Nora')).body.items[0].nickname).toBe('Nora of south');
});

test('a key is made, shown once, and what is pushed with it is there', async () => {
  await main().getByRole('link', { name: 'Administration' }).click();
  await button('Make a key').click();
  const form = page.getByRole('dialog', { name: 'Make an API key' });
  await form.getByLabel('Name').fill('Nightly push');
  await form.getByRole('button', { name: 'Make the key' }).click();
  const made = page.getByRole('dialog', { name: 'Copy the key now' });
  const key = await made.getByRole('region', { name: 'The key Nightly push' }).innerText();
  await made.getByRole('button', { name: 'I have copied it' }).click();
  const answer = await rollcall.app.anonymous.post(
    '/api/userData:push',
    { dataType: 'user', records: [{ uid: 'ada', nickname: 'Ada Lovelace', email: 'ada@example.com' }] },
    { Authorization: `Bearer ${key}` },
  );
  expect(answer.body.data).toMatchObject({ code: 0, status: 'succeeded' });
  await main().getByRole('link', { name: 'Users' }).click();
  await page.getByRole('searchbox', { name: 'Search users' }).fill('Lovelace');
  await page.getByRole('link', { name: 'Ada Lovelace' }).click();
  await page.getByRole('heading', { name: 'Ada Lovelace', level: 1 }).waitFor();
});

test('a viewer may look at everything and touch nothing', async () => {
  const { app } = rollcall;
  const invited = await app.admin.post('/api/admins', { username: 'viola', role: 'viewer' });
  const token = new URL(invited.body.invitation.link).hash.slice(1);
  await app.anonymous.post('/api/auth/accept-invitation', { token, password: ADMIN_PASSWORD });
  const viewer = await rollcall.visit();
  await viewer.page.goto('/');
  await signInByPage(viewer.page, 'viola', ADMIN_PASSWORD);
  for (const title of ['Sources', 'Tasks', 'Users', 'Departments', 'Targets', 'Administration']) {
    await viewer.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: title }).click();
    await viewer.page.getByRole('heading', { level: 1 }).waitFor();
    const acts = /Add|Sync|Preview|Retry|Cancel|Undo|Approve|Reject|Edit|Delete|Make|Switch|Turn/;
    expect(await viewer.page.locator('main').getByRole('button', { name: acts }).count()).toBe(0);
    expect(await viewer.page.locator('main').getByRole('link', { name: /^Add/ }).count()).toBe(0);
  }
  await viewer.page.goto('/sources/new?type=wecom');
  await viewer.page.getByText('Only an administrator can add a source.').waitFor();
  expect((await viewer.page.request.post('/api/sources/1/sync', { data: {} })).status()).toBe(403);
  expect(viewer.errors).toEqual([]);
  await viewer.close();
});

test.each([
  ['fr-CA', ['Sources de données', 'Tâches', 'Utilisateurs', 'Départements', 'Cibles'], 'Synchroniser', 'Réussie'],
  ['zh-CN', ['数据源', '任务', '用户', '部门', '目标'], '同步', '成功'],
])('in %s: every page by its name, and a sync from beginning to end', async (locale, titles, sync, succeeded) => {
  const other = await rollcall.visitAsAdmin({ locale });
  await other.page.goto('/');
  const navigation = other.page.locator('.frame-nav');
  for (const title of titles) {
    await navigation.getByRole('link', { name: title, exact: true }).click();
    await other.page.getByRole('heading', { name: title, level: 1 }).waitFor();
  }
  await navigation.getByRole('link', { name: titles[0] ?? '', exact: true }).click();
  await other.page.getByRole('link', { name: COMPANY }).click();
  await other.page.getByRole('heading', { name: COMPANY, level: 1 }).waitFor();
  await other.page.getByRole('button', { name: new RegExp(`^${sync}\\s?[:：]`) }).click();
  await other.page.locator('.task-standing .status').getByText(succeeded, { exact: true }).waitFor({ timeout: 40_000 });
  expect(other.errors).toEqual([]);
  await other.close();
});
