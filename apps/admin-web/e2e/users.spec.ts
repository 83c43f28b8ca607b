import type { Page } from 'playwright-core';
import type { TestClient } from '../../sync-api/src/testing/test-client';
import { accessibilityProblems } from './support/accessibility';
import { launchBrowser } from './support/launch-browser';
import { openRollcall, type OpenRollcall } from './support/open-rollcall';
import { screenshot } from './support/screenshot';
import { describeThorough } from '../../sync-api/src/testing/thorough';
import { type Visit, signInByPage } from './support/visit';

const VIEWER_PASSWORD = 'a viewer may only look';
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 360, height: 740 };
const VIEWS = [
  { name: 'light', options: { colorScheme: 'light', viewport: WIDE } },
  { name: 'dark-narrow', options: { colorScheme: 'dark', viewport: NARROW } },
] as const;

let rollcall: OpenRollcall;
let tab: Visit;
let page: Page;
/** Ids by uid. */
const users = new Map<string, number>();
const departments = new Map<string, number>();

beforeAll(async () => {
  rollcall = await openRollcall();
  await seed(rollcall.app.admin);
  tab = await rollcall.visitAsAdmin({ viewport: WIDE });
  page = tab.page;
}, 120_000);

afterEach(() => expect(tab.errors.splice(0)).toEqual([]));
afterAll(async () => {
  await tab.close();
  await rollcall.close();
});

const idOf = (uid: string): number => users.get(uid) ?? departments.get(uid) ?? 0;

/** Two sources that state the same people, and a level of the tree that is too long for one page. */
async function seed(admin: TestClient): Promise<void> {
  const push = async (dataType: string, records: object[], sourceName = 'api', matchKey?: string): Promise<void> => {
    const { status } = await admin.post('/api/userData:push', { dataType, sourceName, matchKey, records });
    expect(status).toBe(200);
  };
  await admin.post('/api/sources', {
    name: 'hr',
    displayName: '人事 HR',
    type: 'push',
    matchKey: ['email'],
    priority: 200,
  });
  await push('department', [
    { uid: 'hq', title: 'Northwind', ownerUids: ['1'] },
    { uid: 'rd', title: 'Research & Development', parentUid: 'hq', sort: 1 },
    { uid: 'lab', title: 'Materials lab', parentUid: 'rd', building: 'C' },
    { uid: 'sales', title: '销售部', parentUid: 'hq', sort: 2 },
    ...Array.from({ length: 230 }, (_, n) => ({
      uid: `team-${n + 1}`,
      title: `Sales team ${String(n + 1).padStart(3, '0')}`,
      parentUid: 'sales',
      sort: n + 1,
    })),
  ]);
  await push('user', [
    { uid: '1', nickname: 'Grace Hopper', username: 'grace', email: 'grace@northwind.example', departments: ['hq'] },
    {
      uid: '2',
      nickname: 'Ada Lovelace',
      username: 'ada',
      email: 'ada@northwind.example',
      phone: '+44 20 7946 0958',
      managerUid: '1',
      departments: [{ uid: 'lab', isMain: true, isOwner: true }, 'rd'],
      costCentre: '4711',
      desk: 'C-2.17',
    },
    { uid: '3', nickname: '王芳', username: 'wang.fang', phone: '+86 138 0013 8000', departments: ['team-230'] },
    { uid: '4', nickname: 'Left Long Ago', username: 'left' },
    ...Array.from({ length: 40 }, (_, n) => ({
      uid: `m${n}`,
      nickname: `Member ${String(n + 1).padStart(2, '0')}`,
      email: `member${n}@northwind.example`,
      departments: ['rd'],
      isDisabled: n === 39,
    })),
  ]);
  await push('user', [{ uid: 'E-0042', email: 'ada@northwind.example', nickname: 'Ada King' }], 'hr', 'email');
  await push('user', [{ uid: '2', desk: 'C-3.01' }]);
  await push('user', [{ uid: '1', username: 'ada' }]);
  await push('user', [{ uid: '4', isDeleted: true }]);
  for (const [list, ids] of [
    ['users?status=active,disabled,deleted', users],
    ['departments?', departments],
  ] as const) {
    for (let at = 1; at <= 2; at++) {
      const { body } = await admin.get(`/api/${list}&pageSize=200&page=${at}`);
      for (const item of body.items) for (const { uid } of item.links) ids.set(uid, item.id);
    }
  }
}

/** The field's row in the profile. */
const field = (name: string) =>
  page.locator('.field-rows > div').filter({ has: page.locator(`dt:text-is("${name}")`) });

/** What a screen reader was told last. */
const told = (text: string): Promise<void> =>
  page.locator('[data-announcer]').getByText(text, { exact: true }).waitFor({ state: 'attached' });

test('a name that is searched for stands in the address and leads to the person', async () => {
  await page.goto('/users');
  await page.getByText('43 users', { exact: true }).waitFor();
  await page.getByPlaceholder('Name, username, e-mail, phone, uid').waitFor();
  await page.getByLabel('Search users').fill('lovel');
  await page.getByText('Nothing matches these filters.').waitFor();
  await page.getByLabel('Search users').fill('');
  await page.getByText('43 users', { exact: true }).waitFor();
  // Slowly, so that the address follows in between: what is typed meanwhile stays.
  await page.getByLabel('Search users').pressSequentially('king', { delay: 320 });
  expect(await page.getByLabel('Search users').inputValue()).toBe('king');
  await page.waitForURL(/q=king/);
  await page.getByText('1 user', { exact: true }).waitFor();
  await told('Found: 1 user');
  await page.reload();
  await page.getByRole('link', { name: 'Ada King' }).click();
  await page.getByRole('heading', { name: 'Ada King' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/users/${idOf('2')}`);
});

test('filters by status, source and department narrow the list and can be cleared', async () => {
  await page.goto('/users');
  await page.getByLabel('Status').selectOption('Disabled');
  await page.getByText('1 user', { exact: true }).waitFor();
  await page.getByLabel('Status').selectOption('Deleted');
  await page.getByRole('link', { name: 'Left Long Ago' }).waitFor();
  await page.getByLabel('Status').selectOption('All but deleted');
  await page.getByLabel('Source').selectOption('人事 HR');
  await page.getByText('1 user', { exact: true }).waitFor();
  await page.getByRole('row').getByText('人事 HR').waitFor();
  await page.getByLabel('Source').selectOption('All sources');
  await page.getByRole('combobox', { name: 'Department' }).fill('materials');
  await page.getByText('Northwind / Research & Development').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`departmentId=${idOf('lab')}`));
  await page.getByText('1 user', { exact: true }).waitFor();
  await page.goto(`/users?departmentId=${idOf('lab')}&status=disabled`);
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page.getByText('43 users', { exact: true }).waitFor();
});

test('a person is shown with what they are, who said so, and what happened', async () => {
  await page.goto(`/users/${idOf('2')}`);
  await page.getByRole('heading', { name: 'Ada King' }).waitFor();
  await field('Name').getByText('from 人事 HR').waitFor();
  await field('desk').getByText('from HTTP API').waitFor();
  await field('Manager').getByRole('link', { name: 'Grace Hopper' }).waitFor();
  const lab = page.getByRole('listitem').filter({ hasText: 'Materials lab' });
  expect(await lab.innerText()).toMatch(/Main\s*Owner\s*from HTTP API/);
  await page.getByText('E-0042').waitFor();
  const linked = page.getByRole('row').filter({ hasText: 'Linked' });
  expect(await linked.first().innerText()).toMatch(/Ada Lovelace\s*→\s*becomes\s+Ada King/);
  // A screen reader reads words, not one long one.
  await page.getByRole('row', { name: /Ada Lovelace becomes Ada King/ }).waitFor();

  await field('Manager').getByRole('link', { name: 'Grace Hopper' }).click();
  await page.getByRole('heading', { name: 'Grace Hopper' }).waitFor();
  await page
    .getByRole('row')
    .filter({ hasText: 'Failed' })
    .getByText(/username/)
    .first()
    .waitFor();
});

test('a dialog moves nothing of a long page, whose scroll bar has a place of its own', async () => {
  const browser = await launchBrowser({ scrollBars: true });
  try {
    const { page } = await rollcall.visitAsAdmin({ viewport: WIDE }, browser);
    await page.goto('/users');
    await page.getByRole('row').nth(20).waitFor();
    await page.evaluate('scrollTo(0, 60)');
    // Only then is there something to move.
    expect(await page.evaluate<number>('innerWidth - document.documentElement.clientWidth')).toBeGreaterThan(0);
    const places = () =>
      page.evaluate<number[][]>(`[...document.querySelectorAll('.frame-header, h1, .list')]
        .map((one) => one.getBoundingClientRect()).map(({ x, y, width }) => [x, y, width])`);
    const before = await places();
    // Not by the mouse, which would have the page scrolled first.
    await page.getByRole('button', { name: 'Add a user' }).dispatchEvent('click');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).waitFor();
    expect(await places()).toEqual(before);
  } finally {
    await browser.close();
  }
});

test('what is edited by hand is locked, stays so through a sync, and is let go again', async () => {
  await page.goto(`/users/${idOf('2')}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByText('What you change here is locked').waitFor();
  const email = page.getByRole('textbox', { name: 'E-mail' });
  await email.fill('not mail');
  await page.getByRole('button', { name: 'Save' }).click();
  // Told at its field, which takes the focus, and nowhere else.
  await email.and(page.locator(':focus')).waitFor();
  await page.locator('.field-error').getByText('Enter an e-mail address, like name@example.com.').waitFor();
  expect(await page.getByRole('dialog').getByRole('alert').count()).toBe(0);
  await email.fill('grace@northwind.example');
  await page.getByLabel('Name', { exact: true }).fill('Ada, Countess');
  await page.getByRole('button', { name: 'Save' }).click();
  await page
    .locator('.field-error')
    .filter({ hasText: /belongs to somebody else/ })
    .first()
    .waitFor();
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ada@northwind.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Ada, Countess' }).waitFor();
  await field('Name').getByText('Locked by hand').waitFor();

  await page.getByRole('button', { name: 'Sync now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sync now' }).click();
  await page
    .getByRole('status')
    .getByText(/Succeeded|Partly succeeded/)
    .first()
    .waitFor({ timeout: 20_000 });
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Ada, Countess');

  await page.getByRole('button', { name: 'Unlock Name' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Unlock' }).click();
  await field('Name').getByText('Locked by hand').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Lock desk' }).click();
  await field('desk').getByText('Locked by hand').waitFor();
  await page.getByRole('button', { name: 'Lock Status' }).click();
  await page.getByText('no source disables or enables this user').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Lock' }).click();
  await field('Status').getByText('Locked by hand').waitFor();
  await field('desk').getByText('Locked by hand').waitFor();
  await page.getByRole('button', { name: 'Release Phone' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
  await field('Phone').getByText('–').waitFor();
  await page.getByRole('row').filter({ hasText: 'Field released' }).getByText('Phone').waitFor();
}, 60_000);

test('a form that opens again saves what was typed, and takes back nothing that a sync did meanwhile', async () => {
  const person = `/api/users/${idOf('3')}`;
  const before = (await rollcall.app.admin.get(person)).body as Record<string, string | null>;
  await page.goto('/users');
  await page.getByRole('link', { name: before['nickname'] ?? '', exact: true }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Phone').fill('+1 777');
  await page.goBack();
  await page.getByRole('heading', { name: 'Users', exact: true }).waitFor();
  // A sync disables them in the night.
  await rollcall.app.admin.patch(person, { status: 'disabled', nickname: 'Married' });
  await rollcall.app.admin.patch(person, { lockedFields: [] });
  await page.goForward();
  expect(await dialog.getByLabel('Phone').inputValue()).toBe('+1 777');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  const { body } = await rollcall.app.admin.get(person);
  expect(body).toMatchObject({ status: 'disabled', nickname: 'Married', phone: '+1 777', lockedFields: ['phone'] });
  const { nickname, phone } = before;
  await rollcall.app.admin.patch(person, { nickname, phone, status: 'active', lockedFields: [] });
  await rollcall.app.admin.patch(person, { lockedFields: [] });
}, 60_000);

test('nobody’s change is replaced unseen by a form that was open meanwhile', async () => {
  const person = `/api/users/${idOf('3')}`;
  await page.goto(`/users/${idOf('3')}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const before = await page.getByLabel('Name', { exact: true }).inputValue();
  await rollcall.app.admin.patch(person, { nickname: 'From elsewhere', phone: '+1 555' });
  await page.getByLabel('Name', { exact: true }).fill('From here');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Name: now “From elsewhere”').waitFor();
  expect((await rollcall.app.admin.get(person)).body.nickname).toBe('From elsewhere');
  // Seen, it is replaced; what was not touched here stays as it is by now.
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'From here' }).waitFor();
  expect((await rollcall.app.admin.get(person)).body).toMatchObject({ nickname: 'From here', phone: '+1 555' });
  await rollcall.app.admin.patch(person, { nickname: before, phone: null, lockedFields: [] });

  const department = `/api/departments/${idOf('sales')}`;
  await page.goto(`/departments/${idOf('sales')}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const { title } = (await rollcall.app.admin.patch(department, { title: 'Elsewhere' })).body as { title: string };
  expect(title).toBe('Elsewhere');
  await page.getByLabel('Name', { exact: true }).fill('Here');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Name: now “Elsewhere”').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await rollcall.app.admin.patch(department, { title: '销售部', lockedFields: [] });
});

test('somebody is added by hand, protected, put into a department, linked, and taken out again', async () => {
  await page.goto('/users');
  const opener = page.getByRole('button', { name: 'Add a user' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').locator('input:focus').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // The keyboard goes on from where it was.
  await page.locator(':focus').and(opener).waitFor();
  await opener.click();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.locator('.field-error').getByText('One of name, username, e-mail and phone is needed.').first().waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Hand Made');
  await page.getByRole('button', { name: 'Add a field' }).click();
  await page.getByLabel('Name of the field').fill('badge');
  await page.getByLabel('Value').fill('7');
  await page.getByRole('button', { name: 'Add', exact: true }).dblclick();
  await page.getByRole('heading', { name: 'Hand Made' }).waitFor();
  expect((await rollcall.app.admin.get('/api/users?q=Hand Made')).body.total).toBe(1);
  await field('badge').getByText('7').waitFor();

  await page.getByRole('button', { name: 'Protect' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Protect' }).click();
  await page.getByText('This user is protected: no sync touches them.').waitFor();

  await page.getByRole('button', { name: 'Add…' }).click();
  await page.getByRole('combobox', { name: 'Department' }).fill('materials');
  await page.getByText('Northwind / Research & Development').waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('Owner of the department').check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const membership = page.getByRole('listitem').filter({ hasText: 'Materials lab' });
  await membership.getByText('by hand').waitFor();
  expect(await membership.innerText()).toContain('Owner');

  await page.getByRole('button', { name: 'Link…' }).click();
  await page.getByRole('button', { name: 'Link', exact: true }).click();
  await page.getByText('This is needed.').waitFor();
  await page.getByLabel('Source', { exact: true }).selectOption('人事 HR');
  await page.getByLabel('UID in the source').fill('E-0099');
  await page.getByRole('button', { name: 'Link', exact: true }).click();
  const unlink = page.getByRole('button', { name: 'Unlink record E-0099' });
  await unlink.waitFor({ timeout: 20_000 });
  expect(await page.getByRole('button', { name: 'Sync now' }).count()).toBe(0);
  await unlink.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Unlink' }).click();
  await page.getByRole('heading', { name: 'Records of sources' }).and(page.locator(':focus')).waitFor();
  await page.getByText('No source states this').waitFor();

  await page.getByRole('button', { name: 'Remove from Materials lab' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('In no department.').waitFor();
}, 60_000);

test('a deleted person is restored with the same number', async () => {
  await page.goto(`/users/${idOf('4')}`);
  await page.getByText('This user is deleted').waitFor();
  await page.getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await page.getByText('This user is deleted').waitFor({ state: 'detached' });
  await page.getByRole('row').filter({ hasText: 'Restored by hand' }).waitFor();
});

test('an address of nobody says so', async () => {
  await page.goto('/users/999999');
  await page.getByText('There is no such user (any more)').waitFor();
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  await page.goto('/users/nobody');
  await page.getByRole('main').getByText('There is no such user (any more)').waitFor();
});

test('the tree opens level by level, pages a long one, and finds the way to a deep link', async () => {
  await page.goto('/departments');
  // The only root is open already.
  await page.getByRole('link', { name: /^Research & Development/ }).waitFor();
  await page.getByRole('button', { name: 'Departments below 销售部' }).click();
  await page.getByRole('link', { name: /^Sales team 100/ }).waitFor();
  await page.getByRole('button', { name: 'Show more (130 left)' }).click();
  await page.getByRole('link', { name: /^Sales team 200/ }).waitFor();
  expect(await page.getByRole('link', { name: /^Sales team 230/ }).count()).toBe(0);

  await page.goto(`/departments/${idOf('team-230')}`);
  const deep = page.getByRole('link', { name: /^Sales team 230/ });
  await deep.waitFor();
  expect(await deep.getAttribute('aria-current')).toBe('page');
  const isInSight = await page.evaluate<boolean>(`(() => {
    const row = document.querySelector('.tree-row[data-current]').getBoundingClientRect();
    const box = document.querySelector('.tree').getBoundingClientRect();
    return row.top >= box.top && row.bottom <= box.bottom;
  })()`);
  expect(isInSight).toBe(true);
  await page.getByRole('heading', { name: 'Sales team 230' }).waitFor();
  await page.getByRole('link', { name: '王芳' }).waitFor();
});

test('the keyboard goes through the tree without losing its place', async () => {
  await page.goto('/departments');
  const research = page.getByRole('link', { name: /^Research & Development/ });
  await research.focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('link', { name: /^Materials lab/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Materials lab' }).waitFor();
  expect(await page.evaluate<string>('document.activeElement.textContent')).toContain('Materials lab');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('link', { name: /^Materials lab/ }).waitFor({ state: 'detached' });
});

test('a department is found, shown with its members, renamed by hand and given a member', async () => {
  await page.goto('/departments');
  await page.getByLabel('Search departments').fill('research');
  await page.getByText('1 department found').waitFor();
  await page.getByRole('link', { name: /^Research/ }).click();
  await page.getByText('41 members', { exact: true }).last().waitFor();
  expect(new URL(page.url()).searchParams.get('q')).toBe('research');
  await page.getByLabel('Search members').fill('member 07');
  await page.getByText('1 member', { exact: true }).last().waitFor();
  await told('Found: 1 member');

  await page.getByRole('button', { name: 'Add a member' }).click();
  await page.getByRole('combobox', { name: 'User' }).fill('wang');
  // The component library hides its own text while there is none.
  const color = await page.evaluate<string>(
    `getComputedStyle(document.querySelector('.ant-modal [role=combobox]')).color`,
  );
  expect(color).not.toBe('rgba(0, 0, 0, 0)');
  await page.locator('.ant-select-item').getByText('王芳').waitFor();
  // Neither Tab nor a click beside it chooses for somebody.
  await page.keyboard.press('Tab');
  await page.getByRole('alert').getByText('Nothing was chosen for “wang”.').waitFor();
  expect(await page.getByRole('combobox', { name: 'User' }).evaluate((box) => box.matches(':focus'))).toBe(false);
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  expect(await page.getByRole('combobox', { name: 'User' }).evaluate((box) => box.matches(':focus'))).toBe(true);
  expect(await page.getByRole('combobox', { name: 'User' }).inputValue()).toBe('wang');
  await page.keyboard.press('ArrowDown');
  await page.locator('.ant-select-item').getByText('王芳').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  await page.getByLabel('Search members').fill('wang');
  const member = page.getByRole('row').filter({ hasText: '王芳' });
  await member.getByText('by hand').waitFor();
  await member.getByRole('button', { name: 'Remove 王芳' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Nothing matches these filters.').waitFor();

  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill('Research');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Research', exact: true }).waitFor();
  await field('Name').getByText('Locked by hand').waitFor();
}, 60_000);

test('a department is added below the one that is open', async () => {
  await page.goto(`/departments/${idOf('lab')}`);
  await page.getByRole('heading', { name: 'Materials lab' }).waitFor();
  await page.getByRole('button', { name: 'Add a department' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Ceramics');
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).dblclick();
  await page.getByRole('heading', { name: 'Ceramics' }).waitFor();
  await page.getByRole('link', { name: /^Ceramics/ }).waitFor();
  expect((await rollcall.app.admin.get('/api/departments?q=Ceramics')).body.total).toBe(1);
  // Looking for another one closes nothing.
  await page.getByLabel('Search departments').fill('sales team 01');
  await page.getByText(/departments found/).waitFor();
  await page.getByRole('heading', { name: 'Ceramics' }).waitFor();
  await page.getByLabel('Search departments').fill('');
});

test('who and what was added by hand is deleted by hand; what a source states offers no such button', async () => {
  const { admin } = rollcall.app;
  const { id } = (await admin.post('/api/users', { nickname: 'Typed Wrong' })).body as { id: number };
  await page.goto(`/users/${id}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByText('No source states this user.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Restore' }).waitFor();
  await page.goto(`/users/${idOf('2')}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0);

  const made = (await admin.post('/api/departments', { title: 'Typed Wrong' })).body as { id: number };
  const below = (await admin.post('/api/departments', { title: 'In it', parentId: made.id })).body as { id: number };
  await page.goto(`/departments/${made.id}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  // The text says why.
  expect(await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
  await admin.delete(`/api/departments/${below.id}`);
  await page.reload();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Choose a department to see who is in it.').waitFor();
  await page.getByRole('link', { name: /^Typed Wrong/ }).waitFor({ state: 'detached' });
});

test('a viewer sees everything but what stood there before, and no button that is not theirs', async () => {
  const { app } = rollcall;
  const invited = await app.admin.post('/api/admins', { username: 'viola', role: 'viewer' });
  const token = new URL(invited.body.invitation.link).hash.slice(1);
  await app.anonymous.post('/api/auth/accept-invitation', { token, password: VIEWER_PASSWORD });
  const viewer = await rollcall.visit({ viewport: WIDE });
  await viewer.page.goto(`/users/${idOf('2')}`);
  await signInByPage(viewer.page, 'viola', VIEWER_PASSWORD);
  await viewer.page.getByText('Values from before a change are shown to operators.').waitFor();
  await viewer.page.getByRole('row').filter({ hasText: 'Linked' }).first().waitFor();
  expect(await viewer.page.locator('del').count()).toBe(0);
  const buttons = await viewer.page.locator('main').getByRole('button').allInnerTexts();
  expect(buttons).toEqual([]);
  await viewer.page.goto(`/departments/${idOf('rd')}`);
  await viewer.page.getByText('41 members', { exact: true }).last().waitFor();
  expect(await viewer.page.getByRole('button', { name: /Add|Edit|Remove|Lock/ }).count()).toBe(0);
  expect(viewer.errors).toEqual([]);
  await viewer.close();
});

test('somebody in many departments has the first of them, and the others on demand', async () => {
  const teams = Array.from({ length: 12 }, (_, n) => `team-${n + 1}`);
  await rollcall.app.admin.post('/api/userData:push', {
    dataType: 'user',
    records: [{ uid: 'everywhere', nickname: 'Every Where', departments: teams }],
  });
  const { body } = await rollcall.app.admin.get('/api/users?q=every');
  await page.goto(`/users/${body.items[0].id}`);
  const card = page.getByRole('region', { name: 'Departments' });
  const links = card.getByRole('listitem');
  await card.getByRole('button', { name: 'Show all 12 departments' }).waitFor();
  expect(await links.count()).toBe(8);
  await card.getByRole('button', { name: 'Show all 12 departments' }).click();
  expect(await links.count()).toBe(12);
  await card.getByRole('button', { name: 'Show fewer' }).click();
  expect(await links.count()).toBe(8);
  await rollcall.app.admin.post('/api/userData:push', {
    dataType: 'user',
    records: [{ uid: 'everywhere', isDeleted: true }],
  });
});

test('a list that an outage kept away comes by itself when that is over', async () => {
  // Its console tells of the outage.
  const visit = await rollcall.visitAsAdmin();
  await visit.page.route('**/api/users?*', (route) => route.abort());
  await visit.page.goto('/users');
  await visit.page.getByRole('alert').getByText('The service does not answer.').waitFor();
  await visit.page.unroute('**/api/users?*');
  await visit.page.getByRole('link', { name: 'Grace Hopper' }).waitFor({ timeout: 60_000 });
  expect(await visit.page.getByRole('alert').count()).toBe(0);
  await visit.close();
}, 120_000);

describeThorough.each(VIEWS)('$name', ({ name, options }) => {
  let view: Visit;
  beforeAll(async () => {
    view = await rollcall.visitAsAdmin(options);
  });
  afterAll(() => view.close());

  test.each([
    ['users', '/users', 'Ada King|Ada, Countess'],
    ['user', `/users/`, 'History'],
    ['departments', '/departments', 'Northwind'],
    ['department', '/departments/', 'Members'],
  ])('axe finds nothing on %s', async (shot, address, text) => {
    const id = { user: idOf('2'), department: idOf('rd') }[shot];
    await view.page.goto(`${address}${id ?? ''}`);
    await view.page.getByText(new RegExp(text)).last().waitFor();
    await view.page
      .getByRole('status', { name: /loading/ })
      .first()
      .waitFor({ state: 'detached' });
    await screenshot(view.page, `${shot}-${name}`);
    expect(await accessibilityProblems(view.page)).toEqual([]);
    expect(await view.page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
      options.viewport.width,
    );
    expect(view.errors).toEqual([]);
  });

  test('axe finds nothing on the form', async () => {
    await view.page.goto(`/users/${idOf('2')}`);
    await view.page.getByRole('button', { name: 'Edit', exact: true }).click();
    await view.page.getByText('What you change here is locked').waitFor();
    await screenshot(view.page, `user-edit-${name}`);
    expect(await accessibilityProblems(view.page)).toEqual([]);
  });
});

/** Pixels that what stands in the empty search field leaves free in it. */
const room = (on: Page) =>
  on.evaluate<number>(`(() => {
    const input = document.querySelector('.list-search');
    const { font, paddingLeft, paddingRight } = getComputedStyle(input);
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = font;
    const inner = input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    return inner - pen.measureText(input.placeholder).width;
  })()`);

test.each([
  ['fr', 'Utilisateurs', 'Historique'],
  ['zh-CN', '用户', '变更历史'],
])('in %s', async (locale, list, history) => {
  const view = await rollcall.visitAsAdmin({ locale, viewport: WIDE, colorScheme: 'dark' });
  await view.page.goto('/users');
  await view.page.getByRole('heading', { name: list, exact: true }).waitFor();
  await view.page.getByRole('row').nth(3).waitFor();
  await screenshot(view.page, `users-${locale}`);
  expect(await room(view.page)).toBeGreaterThanOrEqual(0);
  await view.page.setViewportSize({ width: 390, height: 740 });
  await view.page.locator('.list-cards').waitFor();
  expect(await view.page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  expect(await room(view.page)).toBeGreaterThanOrEqual(0);
  await view.page.setViewportSize(WIDE);
  await view.page.goto(`/users/${idOf('2')}`);
  await view.page.getByRole('heading', { name: history }).waitFor();
  await view.page.getByRole('row').nth(2).waitFor();
  await screenshot(view.page, `user-${locale}`);
  await view.page.goto(`/departments/${idOf('rd')}`);
  await view.page.getByRole('row').nth(3).waitFor();
  await screenshot(view.page, `department-${locale}`);
  expect(view.errors).toEqual([]);
  await view.close();
});
