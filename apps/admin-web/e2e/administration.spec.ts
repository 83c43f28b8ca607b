import type { Page } from 'playwright-core';
import { ADMIN_PASSWORD } from '../../sync-api/src/testing/start-test-app';
import { accessibilityProblems } from './support/accessibility';
import { openRollcall, type OpenRollcall } from './support/open-rollcall';
import { screenshot } from './support/screenshot';
import { describeThorough } from '../../sync-api/src/testing/thorough';
import { signInByPage, type Visit } from './support/visit';

// Pages are looked at in several sizes and themes, each by axe.
jest.setTimeout(90_000);

let rollcall: OpenRollcall;
let tab: Visit;
let page: Page;

beforeAll(async () => {
  // An adapter that is named and not installed; a source of a kind that nobody brings.
  rollcall = await openRollcall({ ROLLCALL_ADAPTERS: 'source-of-somebody', ROLLCALL_ADAPTERS_ON_ERROR: 'skip' });
  await rollcall.app.pool.query(HISTORY);
  // By its own session, which one test ends.
  tab = await rollcall.visit();
  page = tab.page;
  await page.goto('/api-keys');
  await signInByPage(page, 'admin', ADMIN_PASSWORD);
  await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor();
}, 120_000);

afterEach(() => expect(tab.errors.splice(0)).toEqual([]));
afterAll(() => rollcall.close());

/** A month of tasks, one of which is held. */
const HISTORY = `
  insert into tasks (source_id, kind, status, staged, cost_ms, attempts, finished_at)
  select s.id, 'pull', case when n % 11 = 0 then 'failed' when n % 7 = 0 then 'partially_succeeded'
    when n % 13 = 0 then 'cancelled' else 'succeeded' end, 500 + 37 * n, 900 + 11 * (n % 50), 1,
    now() - n * interval '5 hours'
  from sources s, generate_series(0, 140) n where s.name = 'api' order by n desc;
  insert into tasks (source_id, kind, status, held_reason, step)
  select id, 'pull', 'held', 'limits', 'guard' from sources where name = 'api'`;

test('a key is made for one source, shows once, works, and is revoked', async () => {
  await page.getByRole('button', { name: 'Make a key' }).click();
  const form = page.getByRole('dialog', { name: 'Make an API key' });
  await form.getByRole('button', { name: 'Make the key' }).click();
  await form.getByText('Say what the key is for.').waitFor();
  await form.getByLabel('Name').fill('HR nightly push');
  await form.getByLabel('For which source').selectOption('HTTP API (api)');
  await form.getByLabel('How long it works').selectOption('90 days');

  // What was typed survives the session: it is there again after signing in anew.
  await page.request.post('/api/auth/sign-out', { data: {} });
  const ended = page.getByText('Your session has ended.');
  // The page may hear of the end before the button is pressed.
  await form.getByRole('button', { name: 'Make the key' }).or(ended).click();
  await ended.waitFor();
  await signInByPage(page, 'admin', ADMIN_PASSWORD);
  expect(await form.getByLabel('Name').inputValue()).toBe('HR nightly push');
  await form.getByRole('button', { name: 'Make the key' }).click();

  const made = page.getByRole('dialog', { name: 'Copy the key now' });
  const key = await made.getByRole('region', { name: 'The key HR nightly push' }).innerText();
  expect(key).toMatch(/^rck_[\w-]{43}$/);
  const push = () =>
    rollcall.app.anonymous.post(
      '/api/userData:push',
      { dataType: 'user', records: [{ uid: 'ada', nickname: 'Ada Lovelace' }] },
      { Authorization: `Bearer ${key}` },
    );
  expect((await push()).status).toBe(200);
  const line = await made.getByRole('region', { name: 'Command that pushes one user' }).innerText();
  expect(line).toContain(`Bearer ${key}`);
  await made.getByRole('button', { name: 'I have copied it' }).click();
  await made.waitFor({ state: 'hidden' });
  expect(await page.content()).not.toContain(key);

  const row = page.getByRole('row').filter({ hasText: 'HR nightly push' });
  await page.reload();
  expect(await row.innerText()).toMatch(/Push\s+HTTP API\s/);
  await row.getByRole('button', { name: 'Revoke HR nightly push' }).click();
  const question = page.getByRole('dialog', { name: 'Revoke the key “HR nightly push”?' });
  await question.getByText(/^It was last used on /).waitFor();
  await question.getByRole('button', { name: 'Revoke' }).click();
  await row.waitFor({ state: 'detached' });
  expect((await push()).status).toBe(401);
});

test('somebody is invited, chooses a password, is made an operator, reset and removed', async () => {
  await page.goto('/admins');
  await page.getByRole('button', { name: 'Invite an admin' }).click();
  const form = page.getByRole('dialog', { name: 'Invite an admin' });
  await form.getByLabel('Username').fill('ADMIN');
  await form.getByRole('button', { name: 'Make the link' }).click();
  await form.getByText('Another account has this username.').waitFor();
  await form.getByLabel('Username').fill('wang.fang');
  await form.getByRole('radio', { name: /^Viewer/ }).check();
  await form.getByRole('button', { name: 'Make the link' }).click();
  const once = page.getByRole('dialog', { name: 'Copy the link for wang.fang now' });
  const link = await once.getByRole('region').innerText();
  await once.getByRole('button', { name: 'I have copied it' }).click();
  const row = page.getByRole('row').filter({ hasText: 'wang.fang' });
  await row.getByText('Invited').waitFor();

  const guest = await rollcall.visit();
  await guest.page.goto(link);
  expect(await guest.page.getByLabel('Username').inputValue()).toBe('wang.fang');
  await guest.page.getByLabel('Password', { exact: true }).fill('short');
  await guest.page.getByRole('button', { name: 'Set the password and sign in' }).click();
  await guest.page.getByText('Choose at least 8 characters.').waitFor();
  await guest.page.getByLabel('Password', { exact: true }).fill('wang.fang');
  await guest.page.getByRole('button', { name: 'Set the password and sign in' }).click();
  await guest.page.getByText('This is easy to guess.').waitFor();
  await guest.page.getByLabel('Password', { exact: true }).fill('long enough');
  await guest.page.getByRole('button', { name: 'Set the password and sign in' }).click();
  await guest.page.getByRole('button', { name: 'Account wang.fang' }).click();
  await guest.page.getByRole('link', { name: 'Your account' }).click();
  await guest.page.getByText('Reads everything but raw records, files of changes').waitFor();

  // A viewer sees keys and admins, and nothing to press there.
  for (const address of ['/api-keys', '/admins']) {
    await guest.page.goto(address);
    await guest.page.getByRole('heading', { level: 1 }).waitFor();
    await guest.page.getByText(/^\d (accounts|keys?)$/).waitFor();
    expect(await guest.page.getByRole('button', { name: /Invite|Make|Change|Remove|Revoke/ }).count()).toBe(0);
  }

  // His link works no more, and says so.
  await guest.page.goto('/sign-in');
  await guest.page.goto(link);
  await guest.page.getByText('This invitation works no more').waitFor();
  expect(await guest.page.getByLabel('Password', { exact: true }).count()).toBe(0);
  expect(guest.errors).toEqual([]);
  await guest.close();

  await page.reload();
  await row.getByRole('button', { name: 'Change wang.fang' }).click();
  const edit = page.getByRole('dialog', { name: 'Change wang.fang' });
  await edit.getByRole('radio', { name: /^Operator/ }).check();
  await edit.getByText('has to sign in again').waitFor();
  await edit.getByRole('button', { name: 'Save' }).click();
  await row.getByText('Operator').waitFor();

  await row.getByRole('button', { name: 'Reset the password of wang.fang' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make the link' }).click();
  await once.getByRole('button', { name: 'I have copied it' }).click();
  await row.getByText(/^A link works until/).waitFor();

  await row.getByRole('button', { name: 'Remove wang.fang' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await row.waitFor({ state: 'detached' });
});

test('the last administrator stays, whoever asks, and one’s own account has no way to remove it', async () => {
  await page.goto('/admins');
  const own = page.getByRole('row').filter({ hasText: 'You' });
  await own.getByRole('link', { name: 'Your own account' }).waitFor();
  expect(await own.getByRole('button').count()).toBe(0);
  await own.getByRole('rowheader', { name: 'admin You', exact: true }).waitFor();

  // Another administrator, who lost his password meanwhile.
  const { rows } = await rollcall.app.pool.query<{ password_hash: string }>(
    `insert into admins (username, role, password_hash) values ('second', 'admin', 'none')
     returning (select password_hash from admins where username = 'admin')`,
  );
  await page.reload();
  const row = page.getByRole('row').filter({ hasText: 'second' });
  await row.getByRole('button', { name: 'Remove second' }).click();
  await rollcall.app.pool.query(`update admins set password_hash = null where username = 'admin'`);
  const question = page.getByRole('dialog', { name: 'Remove second?' });
  await question.getByRole('button', { name: 'Remove' }).click();
  await question.getByText('This is the last administrator who can sign in.').waitFor();
  await rollcall.app.pool.query(`delete from admins where username = 'second'`);
  await rollcall.app.pool.query(`update admins set password_hash = $1 where username = 'admin'`, [
    rows[0]!.password_hash,
  ]);
});

test('the own password is changed, after the one until now', async () => {
  await invite('zoe', 'approver');
  const zoe = await rollcall.visit();
  await zoe.page.goto('/account');
  await signInByPage(zoe.page, 'zoe', ADMIN_PASSWORD);
  await zoe.page.getByLabel('Password until now', { exact: true }).fill('a wrong one');
  await zoe.page.getByLabel('New password', { exact: true }).fill('a better password');
  await zoe.page.getByRole('button', { name: 'Change the password' }).click();
  await zoe.page.getByText('This is not the password until now.').waitFor();
  await zoe.page.getByLabel('Password until now', { exact: true }).fill(ADMIN_PASSWORD);
  await zoe.page.getByRole('button', { name: 'Change the password' }).click();
  await zoe.page.getByText('Your password is changed.').waitFor();
  // The session that did it goes on.
  await zoe.page.reload();
  await zoe.page.getByRole('heading', { name: 'Your account' }).waitFor();
  await rollcall.app.signIn('zoe', 'a better password');
  expect(zoe.errors).toEqual([]);
  await zoe.close();
});

test('what was typed stays when the texts of the components come late', async () => {
  const { page: french, close } = await rollcall.visitAsAdmin({ locale: 'fr-FR' });
  let come: () => void = () => undefined;
  const late = new Promise<void>((resolve) => (come = resolve));
  await french.route(/\/assets\/fr_FR-.*\.js/, async (route) => {
    await late;
    await route.continue();
  });
  await french.goto('/account');
  const field = french.getByLabel('Nouveau mot de passe', { exact: true });
  await field.fill('typed already');
  const texts = french.waitForResponse(/\/assets\/fr_FR-.*\.js/);
  come();
  await (await texts).finished();
  // Two frames later the page has drawn what came.
  await french.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  expect(await field.inputValue()).toBe('typed already');
  await close();
});

test('the adapters are listed with what they can do, and one that is missing says why', async () => {
  await page.goto('/adapters');
  const missing = page.getByRole('region', { name: 'Could not be loaded' });
  await missing.getByText('is not installed').waitFor();
  await page.getByRole('link', { name: 'WeCom' }).click();
  await page.getByRole('heading', { name: 'WeCom', level: 1 }).waitFor();
  await page.getByRole('row', { name: /^corpId .* Required/ }).waitFor();
  await page.getByRole('row', { name: /^agentSecret .* Secret/ }).waitFor();
  await page
    .getByRole('region', { name: 'What its author says' })
    .getByText('@rollcall/source-wecom')
    .first()
    .waitFor();
  // A README's tables are tables.
  await page.goto('/adapters/http');
  await page.getByRole('columnheader', { name: 'what it does' }).waitFor();
  await page.goto('/adapters/nobody');
  await page.getByText('There is no adapter “nobody”.').waitFor();
});

test('the audit log says who did what from where; its filters stand in the address', async () => {
  await page.goto('/audit');
  const row = page.getByRole('row').filter({ hasText: 'Revoked an API key' });
  await row.waitFor();
  expect(await row.innerText()).toMatch(/admin[\s\S]*127\.0\.0\.1/);
  await row.getByText('Details').click();
  await row.getByText('HR nightly push').waitFor();

  await page.getByLabel('What it is about').selectOption('API keys');
  await page.waitForURL(/area=api_key/);
  await page.getByText('3 entries', { exact: true }).waitFor();
  await page.getByLabel('Search by who did it').fill('nobody');
  await page.getByText('Nothing matches these filters.').waitFor();
  await page.reload();
  expect(await page.getByLabel('Search by who did it').inputValue()).toBe('nobody');
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page.getByLabel('To', { exact: true }).fill('2020-01-01');
  await page.getByText('Nothing matches these filters.').waitFor();
  await page.goto('/audit?subject=admin:1');
  await page.getByRole('button', { name: 'Show not only Admin 1' }).click();
  await page.waitForURL(/\/audit$/);
});

test('the system page says what is wrong, what there is to do, and draws the last 30 days', async () => {
  await page.goto('/system');
  await page.getByText('1 adapter is missing').waitFor();
  await page.getByText('1 plan waits for a decision').waitFor();
  const health = page.getByRole('region', { name: 'Health' });
  expect(await health.innerText()).toMatch(/Postgres\s+Works\s+answers in [\d.]+ ms[\s\S]*Workers\s+Works\s+1 process/);
  const chart = page.getByRole('region', { name: 'Tasks per day' });
  await chart.getByText('As a table').click();
  expect(await chart.getByRole('row').count()).toBe(31);
  const ages = page.getByRole('region', { name: 'Age of the last success' });
  await ages.getByRole('row', { name: /HTTP API/ }).waitFor();
  const held = page.getByRole('status').filter({ hasText: '1 plan waits for a decision' });
  await held.getByRole('link', { name: 'Look at it' }).click();
  await page.waitForURL(({ searchParams: at }) => at.get('attention') === 'true' && at.get('status') === 'held');
});

describeThorough('every page', () => {
  beforeAll(async () => {
    for (const [username, role] of [
      ['marie.curie', 'operator'],
      ['张伟', 'approver'],
    ] as const) {
      await invite(username, role);
    }
    await rollcall.app.admin.post('/api/admins', { username: 'new.colleague', role: 'viewer' });
    const inTenDays = new Date(Date.now() + 9e8).toISOString();
    for (const key of [
      { name: 'HR nightly push', scopes: ['push'], sourceId: 1, expiresAt: inTenDays },
      { name: 'Terraform', scopes: ['admin'] },
      { name: 'Dashboard', scopes: ['read', 'push'] },
    ]) {
      await rollcall.app.admin.post('/api/api-keys', key);
    }
    await rollcall.app.pool.query(
      `update api_keys set expires_at = now() - interval '3 days', last_used_at = now() - interval '4 days'
       where name = 'Dashboard'`,
    );
  });

  const VIEWS = [
    [1280, 'light'],
    [1280, 'dark'],
    [320, 'light'],
    [320, 'dark'],
  ] as const;

  const PAGES = [
    { name: 'api-keys', address: '/api-keys', shown: 'Terraform' },
    { name: 'api-key-form', address: '/api-keys?make=true', shown: 'What the key may do' },
    { name: 'admins', address: '/admins', shown: 'marie.curie' },
    { name: 'adapters', address: '/adapters', shown: '@rollcall/source-wecom' },
    { name: 'adapter', address: '/adapters/wecom?kind=source', shown: 'corpId' },
    { name: 'audit', address: '/audit', shown: 'Revoked an API key' },
    { name: 'system', address: '/system', shown: '1 adapter is missing' },
    { name: 'account', address: '/account', shown: 'Who you are' },
    { name: 'accept-invitation', address: '/accept-invitation', shown: 'At least 8 characters.' },
  ] as const;

  test.each(PAGES)('$name is readable for everybody', async ({ name, address, shown }) => {
    const look = await rollcall.visitAsAdmin();
    await look.page.goto(address + (name === 'accept-invitation' ? `#${await tokenFor('ada.lovelace')}` : ''));
    for (const [width, colorScheme] of VIEWS) {
      await look.page.setViewportSize({ width, height: 800 });
      await look.page.emulateMedia({ colorScheme });
      await look.page.getByText(shown).first().waitFor();
      const view = `${name}-${colorScheme}${width < 400 ? '-narrow' : ''}`;
      await screenshot(look.page, view);
      // Each theme and each width once: axe takes longer than anything else here.
      if (width > 400 === (colorScheme === 'dark')) {
        expect({ view, problems: await accessibilityProblems(look.page) }).toEqual({ view, problems: [] });
      }
      const needed = await look.page.evaluate<number>('document.documentElement.scrollWidth');
      expect({ view, fits: needed <= width }).toEqual({ view, fits: true });
    }
    expect(look.errors).toEqual([]);
    await look.close();
  });

  test.each([
    ['fr', 'Système', 'Âge de la dernière réussite'],
    ['zh-CN', '系统', '距最近一次成功的时间'],
  ])('speaks %s', async (locale, title, word) => {
    const look = await rollcall.visitAsAdmin({ locale });
    await look.page.goto('/system');
    await look.page.getByRole('heading', { name: title, level: 1 }).waitFor();
    await look.page.getByRole('heading', { name: word }).waitFor();
    await screenshot(look.page, `system-${locale}`);
    await look.page.goto('/admins');
    await look.page.getByText('marie.curie').waitFor();
    await screenshot(look.page, `admins-${locale}`);
    expect(look.errors).toEqual([]);
    await look.close();
  });
});

async function invite(username: string, role: string): Promise<void> {
  const token = await tokenFor(username, role);
  await rollcall.app.anonymous.post('/api/auth/accept-invitation', { token, password: ADMIN_PASSWORD });
}

async function tokenFor(username: string, role = 'viewer'): Promise<string> {
  const invited = await rollcall.app.admin.post('/api/admins', { username, role });
  return new URL(invited.body.invitation.link).hash.slice(1);
}
