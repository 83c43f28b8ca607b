import type { Page } from 'playwright-core';
import { accessibilityProblems } from './support/accessibility';
import { installAcme } from './support/install-acme';
import { openRollcall, type OpenRollcall } from './support/open-rollcall';
import { screenshot } from './support/screenshot';
import { describeThorough } from '../../sync-api/src/testing/thorough';
import { type Visit } from './support/visit';

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 740 };
const VIEWS = [
  { name: 'light', options: { colorScheme: 'light', viewport: WIDE } },
  { name: 'dark-narrow', options: { colorScheme: 'dark', viewport: NARROW } },
] as const;

const acme = installAcme();
let rollcall: OpenRollcall;
let tab: Visit;
/** The page of the source that is added in the beginning. */
let acmePage: string;

beforeAll(async () => {
  rollcall = await openRollcall({ ROLLCALL_HOME: acme.home, ROLLCALL_ADAPTERS: acme.package });
  tab = await rollcall.visitAsAdmin();
}, 120_000);

afterEach(() => expect(tab.errors.splice(0)).toEqual([]));
afterAll(async () => {
  await tab.close();
  await rollcall.close();
  acme.remove();
});

test('the first page offers a push that works and what is installed', async () => {
  const { page } = tab;
  await page.goto('/');
  await page.getByRole('heading', { name: 'Begin by pushing' }).waitFor();
  expect(await page.getByRole('region', { name: 'Command that pushes one user' }).innerText()).toContain('curl');
  await page.getByRole('link', { name: /WeCom/ }).waitFor();
  await check(page, 'sources-first');
});

test('a third-party adapter is added with no code of its own in the pages', async () => {
  const { page } = tab;
  await page.goto('/sources/new');
  await page.getByRole('link', { name: /Acme HR/ }).click();
  // The card is gone, and the focus goes where its choice is told.
  await page.getByRole('heading', { name: 'New source: Acme HR' }).and(page.locator(':focus')).waitFor();

  // Its README, without the script and the picture in it.
  await page.getByText('About this adapter').click();
  await page.getByRole('link', { name: 'Where to find the token' }).waitFor();
  expect(await page.locator('.markdown img, .markdown script').count()).toBe(0);
  expect(await page.title()).not.toContain('taken over');
  await page.getByText('About this adapter').click();

  // A wrong secret is told at its field.
  await page.getByLabel('Name to show').fill('People of Acme');
  await page.getByLabel('Token', { exact: true }).fill('wrong');
  await page.getByLabel('Region').selectOption('us');
  await page.getByRole('button', { name: 'Test connection' }).click();
  await page.getByText('It does not work yet').waitFor();
  const token = page.getByLabel('Token', { exact: true });
  expect(await token.getAttribute('aria-invalid')).toBe('true');
  expect(await described(page, 'Token')).toContain('Acme refuses this token. Make a new one.');
  await token.fill('right');
  await page.getByRole('button', { name: 'Test connection' }).click();
  await page.getByText('Acme knows 2 people.').waitFor();

  // What depends on other choices, lists, and what is optional.
  await page.getByLabel('State', { exact: true }).fill('Ohio');
  expect(await page.getByLabel('Name of the sandbox').count()).toBe(0);
  await page.getByLabel('Use the sandbox').check();
  await page.getByLabel('Name of the sandbox').fill('blue');
  await page.getByLabel('Teams').fill('7\n12');
  await page.getByLabel('staff').check();
  await page.getByRole('group', { name: 'Renamed fields' }).getByRole('button', { name: 'Add' }).click();
  await page.getByLabel('From', { exact: true }).fill('mail');
  await page.getByRole('group', { name: 'Proxy' }).getByRole('button', { name: 'Fill in' }).click();
  await page.getByLabel('Port of the proxy').fill('0');
  await page.getByText('More settings').click();
  await page.getByLabel('Page size').fill('50');

  await page.getByLabel('Full reads').selectOption('Every night at 3');
  await page.getByText('At 03:00, every day').waitFor();
  await page.getByLabel('Time zone').selectOption('Asia/Shanghai');
  await page.getByText('Who leaves, limits, matching').click();
  await page.getByLabel('A user whom a complete read does not find').selectOption('stays as it is');
  await page.getByLabel('Deletions: number').fill('20');
  await page.getByLabel('E-mail').check();

  await page.getByRole('button', { name: 'Add a source' }).click();
  await page.getByText('This is needed.').waitFor();
  expect(await described(page, 'Port of the proxy')).toContain('Enter a number from 1 to 65,535.');
  await page.getByLabel('Port of the proxy').fill('8080');
  await page.getByLabel('Host of the proxy').fill('proxy.example');
  await page.getByRole('button', { name: 'Add a source' }).click();
  await page.getByRole('heading', { name: 'People of Acme', level: 1 }).waitFor();
  acmePage = new URL(page.url()).pathname;

  const { body } = await rollcall.app.admin.get('/api/sources?q=acme');
  expect(body.items[0]).toMatchObject({
    name: 'acme',
    displayName: 'People of Acme',
    options: {
      region: 'us',
      state: 'Ohio',
      sandbox: true,
      sandboxName: 'blue',
      teams: [7, 12],
      kinds: ['staff'],
      renames: [{ from: 'mail' }],
      proxy: { host: 'proxy.example', port: 8080 },
      pageSize: 50,
    },
    secretsSet: ['token'],
    schedule: { cron: '0 3 * * *', timeZone: 'Asia/Shanghai' },
    matchKey: ['email'],
    policies: { user: { onMissing: 'keep' }, limits: { deletes: { count: 20, percent: 10 } } },
  });
});

test('a new pair begins without a name, and is not saved before it has one', async () => {
  const { page } = tab;
  const labels = page.getByRole('group', { name: 'Labels' });
  const names = labels.getByLabel('Name', { exact: true });
  await labels.getByRole('button', { name: 'Add' }).click();
  await page.locator(':focus').and(names.first()).waitFor();
  expect(await names.first().inputValue()).toBe('');
  expect(await names.first().getAttribute('placeholder')).toBe('Type a name');
  // The value may be there first.
  await labels.getByLabel('Label', { exact: true }).fill('Berlin');
  await page.getByRole('button', { name: 'Save' }).click();
  await labels.getByText('Give it a name, or remove it.').waitFor();
  await page.locator(':focus').and(names.first()).waitFor();
  expect(await names.first().getAttribute('aria-invalid')).toBe('true');
  await page.keyboard.type('city');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Discard changes' }).waitFor({ state: 'detached' });
  const stored = async (): Promise<unknown> =>
    (await rollcall.app.admin.get('/api/sources?q=acme')).body.items[0].options.labels;
  expect(await stored()).toEqual({ city: 'Berlin' });

  await labels.getByRole('button', { name: 'Add' }).click();
  await page.locator(':focus').and(names.nth(1)).waitFor();
  await page.keyboard.type('city');
  await page.keyboard.press('Tab');
  await page
    .locator(':focus')
    .and(labels.getByLabel('Label', { exact: true }).nth(1))
    .waitFor();
  // Taken already.
  expect(await names.nth(1).inputValue()).toBe('city-1');
  await names.nth(1).fill('floor');
  await labels.getByLabel('Label', { exact: true }).nth(1).fill('3');
  await labels.getByRole('button', { name: 'Remove: city' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Discard changes' }).waitFor({ state: 'detached' });
  expect(await stored()).toEqual({ floor: '3' });
});

test('a stored secret is never shown, and stays unless another one is typed', async () => {
  const { page } = tab;
  const token = page.getByLabel('Token', { exact: true });
  expect([await token.inputValue(), await token.getAttribute('placeholder')]).toEqual(['', 'Set. Type to replace it']);
  await page.getByLabel('Page size').waitFor({ state: 'attached' });
  await page.getByLabel('Teams').fill('8');
  await page.getByRole('button', { name: 'Test connection' }).click();
  await page.getByText('Acme knows 2 people.').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Discard changes' }).waitFor({ state: 'detached' });
  const { body } = await rollcall.app.admin.get('/api/sources?q=acme');
  expect(body.items[0]).toMatchObject({ options: { teams: [8] }, secretsSet: ['token'] });
  expect((await rollcall.app.admin.post(`/api/sources/${body.items[0].id}/check`)).body.ok).toBe(true);
});

test('two admins who change different things of a source both keep them', async () => {
  const { page } = tab;
  const { body } = await rollcall.app.admin.get('/api/sources?q=acme');
  const { id, options } = body.items[0] as { id: number; options: object };
  await page.getByLabel('Teams').fill('9');
  const other = { priority: 7, options: { ...options, pageSize: 60 } };
  expect((await rollcall.app.admin.patch(`/api/sources/${id}`, other)).status).toBe(200);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Discard changes' }).waitFor({ state: 'detached' });
  const { body: now } = await rollcall.app.admin.get(`/api/sources/${id}`);
  expect(now).toMatchObject({ priority: 7, options: { pageSize: 60, teams: [9] } });
});

test('what never ran is previewed first; then it is synced, and the list tells', async () => {
  const { page } = tab;
  // The adapters come last, and nothing is shown until then that changes with them.
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  await page.route(/\/api\/adapters\?/, async (route) => {
    await opened;
    await route.continue();
  });
  const came = page.waitForResponse(/\/api\/sources\?/);
  await page.goto('/sources');
  await (await came).finished();
  const row = page.getByRole('row').filter({ hasText: 'People of Acme' });
  await page.getByRole('status', { name: 'Sources: loading…' }).waitFor();
  await page.waitForTimeout(300);
  expect(await row.count()).toBe(0);
  open();
  await row.waitFor();
  expect(await row.locator('.adapter-icon-none').count()).toBe(0);
  await page.unroute(/\/api\/adapters\?/);
  expect(await row.getByRole('button').allInnerTexts()).toEqual(['Preview', 'Sync']);
  await row.getByRole('button', { name: 'Preview: People of Acme' }).click();
  await page.waitForURL(/\/tasks\/\d+$/);
  await page.locator('.task-standing .status').getByText('Preview to review').waitFor();
  await page.getByRole('link', { name: 'Users: 2 to create' }).waitFor();
  await page.getByRole('columnheader', { name: 'To create' }).waitFor();
  await page.getByRole('row').filter({ hasText: 'Ada Lovelace' }).getByText('Planned').waitFor();
  await page.goto('/sources');
  await row.getByText('Preview to review').waitFor();
  await row.getByRole('button', { name: 'Sync: People of Acme' }).click();
  await page.waitForURL(/\/tasks\/\d+$/);
  await page.goto('/sources');
  await row.getByText('Succeeded').waitFor();
  await row.getByText('just now').waitFor();
  expect(await row.innerText()).toContain('At 03:00, every day');
});

test('what is folded away opens by the keyboard, and by itself when something in it is wrong', async () => {
  const { page, errors, close } = await rollcall.visitAsAdmin();
  await page.goto('/sources/new?type=acme');
  await page.getByLabel('Token', { exact: true }).fill('right');
  await page.getByLabel('Region').selectOption('eu');
  const [more, rules] = [page.getByText('More settings'), page.getByText('Who leaves, limits, matching')];
  const [size, deletions] = [page.getByLabel('Page size'), page.getByLabel('Deletions: number')];
  const toggle = async (summary: typeof more): Promise<void> => {
    await summary.focus();
    await page.keyboard.press('Enter');
  };
  expect([await size.isVisible(), await deletions.isVisible()]).toEqual([false, false]);
  await toggle(more);
  await size.fill('0');
  await toggle(more);
  await toggle(rules);
  await deletions.fill('many');
  await toggle(rules);
  expect([await size.isVisible(), await deletions.isVisible()]).toEqual([false, false]);
  await page.getByRole('button', { name: 'Add a source' }).click();
  await page.locator(':focus').and(deletions).waitFor();
  await deletions.fill('20');
  await page.getByRole('button', { name: 'Add a source' }).click();
  await page.locator(':focus').and(size).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test('what the adapter says of nested options and of entries stands at their fields', async () => {
  const { page, errors, close } = await rollcall.visitAsAdmin();
  await page.goto('/sources/new?type=acme');
  await page.getByLabel('Token', { exact: true }).fill('right');
  const renamed = page.getByRole('group', { name: 'Renamed fields', exact: true });
  await renamed.getByRole('button', { name: 'Add' }).click();
  await renamed.getByRole('button', { name: 'Add' }).click();
  const second = page.getByRole('group', { name: 'Renamed fields 2' });
  await page.getByRole('group', { name: 'Renamed fields 1' }).getByLabel('From', { exact: true }).fill('mail');
  await second.getByLabel('From', { exact: true }).fill('phone');
  await second.getByLabel('To', { exact: true }).fill('x');
  await renamed.getByRole('button', { name: 'Remove: Renamed fields 1' }).waitFor();
  await page.getByRole('group', { name: 'Proxy' }).getByRole('button', { name: 'Fill in' }).click();
  await page.getByLabel('Host of the proxy').fill('proxy.example');
  await page.getByLabel('Port of the proxy').fill('1');
  await page.getByLabel('Region').selectOption('eu');
  await page.getByRole('button', { name: 'Test connection' }).click();
  await page.getByText('It does not work yet').waitFor();
  expect(await described(page, 'Port of the proxy')).toContain('Nothing listens at this port.');
  const to = second.getByLabel('To', { exact: true });
  expect(await to.getAttribute('aria-invalid')).toBe('true');
  await second.getByText('Acme has no field of this name.').waitFor();
  await page.locator(':focus').and(to).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test('the choice between alternatives is called as what they are alternatives for', async () => {
  const { page, close } = await rollcall.visitAsAdmin();
  await page.goto('/sources/new?type=acme');
  const way = page.getByRole('combobox', { name: 'Way to sign in', exact: true });
  await page.getByRole('group', { name: 'With a key' }).waitFor();
  await way.selectOption('With a name');
  await page.getByRole('group', { name: 'With a name' }).waitFor();
  expect(await page.getByRole('group', { name: 'With a key' }).count()).toBe(0);
  expect(await way.getAttribute('aria-describedby')).toBeNull();
  await close();
});

test('lists of given values are ticked, and what was typed stays when another option changes', async () => {
  const { page, close } = await rollcall.visitAsAdmin();
  await page.goto('/sources/new?type=acme');
  await page.getByRole('group', { name: 'Sizes' }).getByLabel('small').check();
  await page.getByRole('combobox', { name: 'Place', exact: true }).selectOption('One place');
  const place = page.getByRole('textbox', { name: 'One place' });
  await place.fill('x-1');
  await page.getByLabel('Region').selectOption('us');
  await page.getByLabel('State', { exact: true }).waitFor();
  expect(await place.inputValue()).toBe('x-1');
  await place.fill('elsewhere');
  await page.getByRole('button', { name: 'Test connection' }).click();
  await page.getByText('This is needed.').first().waitFor();
  expect(await described(page, 'One place')).not.toContain('everywhere');
  await page.getByRole('combobox', { name: 'Place', exact: true }).selectOption('Everywhere');
  await page.getByRole('combobox', { name: 'Place Everywhere' }).selectOption('everywhere');
  await close();
});

test('a reload asks as long as something typed is not saved, on whichever page', async () => {
  const { page, close } = await rollcall.visitAsAdmin();
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  const teams = page.getByLabel('Teams');
  await page.goto(acmePage);
  await teams.fill('10');
  // What is elsewhere meanwhile is kept, and so is the question.
  await page.getByRole('link', { name: 'Tasks', exact: true }).first().click();
  await page.getByRole('heading', { name: 'Tasks', level: 1 }).waitFor();
  await page.goBack();
  expect(await teams.inputValue()).toBe('10');
  await page.reload();
  expect(asked).toEqual(['beforeunload']);

  await teams.fill('11');
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await page.reload();
  await teams.fill('12');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Discard changes' }).waitFor({ state: 'detached' });
  await page.reload();
  expect(await teams.inputValue()).toBe('12');
  expect(asked).toEqual(['beforeunload']);
  await close();
});

test('a name that is taken is told at the field, which takes the focus', async () => {
  const { page, close } = await rollcall.visitAsAdmin();
  await page.goto('/sources/new?type=acme');
  await page.getByLabel('Name for machines', { exact: true }).fill('api');
  await page.getByLabel('Token', { exact: true }).fill('right');
  await page.getByLabel('Region').selectOption('us');
  await page.getByLabel('State', { exact: true }).fill('Ohio');
  await page.getByRole('button', { name: 'Add a source' }).click();
  const name = page.getByLabel('Name for machines', { exact: true });
  await page.locator(':focus').and(name).waitFor();
  expect(await described(page, 'Name for machines')).toContain('There is a source of this name already.');
  await close();
});

test('a source that is pushed to shows the line that does it', async () => {
  const { page, close } = await rollcall.visitAsAdmin();
  await page.goto('/sources/1');
  const line = await page.getByRole('region', { name: 'Command that pushes one user' }).innerText();
  expect(line).toContain('/api/userData:push');
  expect(line).not.toContain('sourceName');
  await close();
});

describeThorough.each(VIEWS)('axe finds nothing and nothing sticks out: $name', ({ name, options }) => {
  test.each([
    ['sources', () => '/sources', 'People of Acme'],
    ['source', () => acmePage, 'Acme HR'],
  ])('%s', async (what, address, text) => {
    const { page, errors, close } = await rollcall.visitAsAdmin(options);
    await page.goto(address());
    await page.getByText(text).first().waitFor();
    await check(page, `${what}-${name}`);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
      options.viewport.width,
    );
    expect(errors).toEqual([]);
    await close();
  });
});

test('one that is off says why it cannot be synced', async () => {
  const { page } = tab;
  await page.getByRole('link', { name: 'People of Acme' }).click();
  await page.getByRole('button', { name: 'Turn off' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Turn off' }).click();
  await page.getByText('Off: turn it on to sync it. What it did stands under Tasks.').waitFor();
  expect(await page.getByRole('button', { name: 'Sync' }).count()).toBe(0);
});

test('deleting asks what becomes of the people, and chooses nothing by itself', async () => {
  const { page } = tab;
  const opener = page.getByRole('button', { name: 'Delete…' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.locator(':focus').and(opener).waitFor();
  await opener.click();
  const confirm = dialog.getByRole('button', { name: 'Delete the source' });
  await confirm.waitFor();
  expect(await confirm.isDisabled()).toBe(true);
  await check(page, 'source-delete');
  await dialog.getByLabel('Keep them').check();
  await confirm.click();
  await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor();
  await page.getByText('1 source', { exact: true }).waitFor();
});

test('a source whose adapter is gone says so', async () => {
  const { page } = tab;
  const { rows } = await rollcall.app.pool.query<{ id: number }>(
    `insert into sources (name, type, display_name) values ('lost', 'gone', 'Lost') returning id`,
  );
  await page.goto('/sources');
  await page.getByText('Cannot be used').waitFor();
  await page.goto(`/sources/${rows[0]?.id}`);
  await page.getByText('It cannot be read with its adapter').waitFor();
  await page.getByText('Install its package with').waitFor();
  await rollcall.app.pool.query(`delete from sources where name = 'lost'`);
  await page.goto('/sources/77777');
  await page.getByText('There is no such source (any more)').waitFor();
});

test('a source that is to be deleted says so, and after a rejection why it is off', async () => {
  const { page } = tab;
  const { admin } = rollcall.app;
  const { id } = (await admin.post('/api/sources', { name: 'leaving', displayName: 'Old HR', type: 'push' })).body;
  const records = Array.from({ length: 12 }, (_, n) => ({ uid: `old-${n}`, nickname: `Old ${n}` }));
  await admin.post('/api/userData:push', { sourceName: 'leaving', dataType: 'user', records });
  const removal = (await admin.delete(`/api/sources/${id}?people=remove`)).body;

  await page.goto(`/tasks/${removal.id}`);
  await page.getByText('Removal of the source · Old HR').waitFor();
  await page.getByText('Somebody asked to delete the source together with its people').waitFor();
  await page.goto('/sources');
  await page.getByRole('row').filter({ hasText: 'Old HR' }).getByText('To be deleted', { exact: true }).waitFor();
  await page.goto(`/sources/${id}`);
  await page.getByText('To be deleted with its people, once this is approved:').waitFor();
  expect(await page.getByRole('button', { name: 'Turn on' }).count()).toBe(0);
  await page
    .getByRole('link', { name: `Task ${removal.id}` })
    .first()
    .click();

  await page.getByRole('button', { name: 'Reject' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  await page.locator('.task-standing .status').getByText('Rejected').waitFor();
  await page.goto(`/sources/${id}`);
  await page.getByText('Its deletion was rejected, and it is off').waitFor();
  await page.getByRole('button', { name: 'Turn on' }).waitFor();
  await admin.delete(`/api/sources/${id}?people=keep`);
});

test('settings that somebody else changed meanwhile are not replaced unseen', async () => {
  const { page } = tab;
  const { admin } = rollcall.app;
  const { id } = (await admin.post('/api/sources', { name: 'two-hands', type: 'push' })).body as { id: number };
  await page.goto(`/sources/${id}`);
  await page.getByLabel('Priority', { exact: true }).fill('120');
  await admin.patch(`/api/sources/${id}`, { priority: 150, displayName: 'Renamed' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('What you changed here was changed elsewhere, too.').waitFor();
  expect((await admin.get(`/api/sources/${id}`)).body).toMatchObject({ priority: 150 });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('What you changed here was changed elsewhere, too.').waitFor({ state: 'detached' });
  expect((await admin.get(`/api/sources/${id}`)).body).toMatchObject({ priority: 120, displayName: 'Renamed' });
  await admin.delete(`/api/sources/${id}?people=keep`);
});

test('a source that somebody deleted meanwhile has nothing to press: its page says so and leads back', async () => {
  const { page } = tab;
  const { admin } = rollcall.app;
  const { id } = (await admin.post('/api/sources', { name: 'short-lived', type: 'push' })).body;
  await page.goto(`/sources/${id}`);
  await page.getByRole('button', { name: 'Turn off' }).waitFor();
  await admin.delete(`/api/sources/${id}?people=keep`);

  await page.getByRole('button', { name: 'Turn off' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Turn off' }).click();
  await page
    .getByText(/somebody may have deleted it/i)
    .first()
    .waitFor();
  await page.reload();
  await page.getByText('There is no such source (any more)').waitFor();
  await page.getByText('Go back to the list to see what there is.').waitFor();
  expect(await page.getByRole('button', { name: /Save|Turn|Delete|Sync/ }).count()).toBe(0);
  tab.errors.splice(0);
});

test('a viewer sees, and has nothing to press', async () => {
  const invited = await rollcall.app.admin.post('/api/admins', { username: 'viewer', role: 'viewer' });
  const token = new URL(invited.body.invitation.link).hash.slice(1);
  await rollcall.app.anonymous.post('/api/auth/accept-invitation', { token, password: 'password of it' });
  const viewer = await rollcall.app.signIn('viewer', 'password of it');
  const { page, errors, close } = await rollcall.visit();
  const [name = '', value = ''] = (viewer.headers['Cookie'] ?? '').split(/=(.*)/s);
  await page.context().addCookies([{ name, value, url: rollcall.app.url }]);
  await page.goto('/sources/1');
  await page.getByLabel('Name to show').waitFor();
  expect(await page.getByLabel('Name to show').isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: /Save|Turn|Delete|Sync/ }).count()).toBe(0);
  await page.goto('/sources');
  await page.getByRole('heading', { name: 'Begin by pushing' }).waitFor();
  expect(await page.getByRole('link', { name: 'Add a source' }).count()).toBe(0);
  expect(errors).toEqual([]);
  await close();
});

test.each([
  ['fr', 'Nouvelle source : WeCom (企业微信)', 'Secret de l’application'],
  ['zh-CN', '新数据源：企业微信', '应用的 Secret'],
])('the form of WeCom in %s', async (locale, heading, option) => {
  const { page, errors, close } = await rollcall.visitAsAdmin({ locale, viewport: WIDE });
  await page.goto('/sources/new?type=wecom');
  await page.getByRole('heading', { name: heading }).waitFor();
  await page.getByLabel(option, { exact: true }).waitFor();
  await screenshot(page, `source-wecom-${locale}`);
  await page.goto('/sources/new?type=http');
  await page.locator('.schema-form').waitFor();
  await screenshot(page, `source-http-${locale}`);
  expect(errors).toEqual([]);
  await close();
});

/** What a screen reader says after the name of a field. */
async function described(page: Page, label: string): Promise<string> {
  const ids = (await page.getByLabel(label, { exact: true }).getAttribute('aria-describedby')) ?? '';
  const texts = ids.split(' ').map((id) => page.locator(`[id="${id}"]`).innerText());
  return (await Promise.all(texts)).join(' ');
}

async function check(page: Page, name: string): Promise<void> {
  await screenshot(page, name);
  expect(await accessibilityProblems(page)).toEqual([]);
}
