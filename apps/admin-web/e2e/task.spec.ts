import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { TestClient } from '../../sync-api/src/testing/test-client';
import { accessibilityProblems } from './support/accessibility';
import { openRollcall, type OpenRollcall } from './support/open-rollcall';
import { screenshot } from './support/screenshot';
import { until } from '../../sync-api/src/testing/until';
import { describeThorough } from '../../sync-api/src/testing/thorough';
import { signInByPage, type Visit } from './support/visit';

type Fields = Record<string, unknown>;

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };

let rollcall: OpenRollcall;
let tab: Visit;
let page: Page;
let key: TestClient;

beforeAll(async () => {
  rollcall = await openRollcall();
  key = await rollcall.app.key(['push', 'read']);
  await rollcall.app.admin.post('/api/sources', { name: 'wecom', displayName: '企业微信', type: 'push' });
  tab = await rollcall.visitAsAdmin({ acceptDownloads: true });
  page = tab.page;
}, 120_000);

afterEach(() => expect(tab.errors.splice(0)).toEqual([]));
afterAll(async () => {
  await tab.close();
  await rollcall.close();
});

const push = async (records: unknown[], dataType = 'user'): Promise<number> => {
  const { body } = await key.post('/api/userData:push', { dataType, records });
  return (body.data?.taskId ?? body.id) as number;
};
const person = (n: number, more: Fields = {}): Fields => ({
  uid: `u${n}`,
  username: `user${n}`,
  nickname: `Person ${n}`,
  email: `u${n}@example.com`,
  departments: [{ uid: 'it', isMain: true }, 'hq'],
  ...more,
});
const people = (n: number, more?: Fields): Fields[] => Array.from({ length: n }, (_, i) => person(i, more));

/** Some task as SQL can make it: nobody runs it, and its source has no others. */
async function insertTask(columns: string, values: string): Promise<number> {
  const { rows } = await rollcall.app.pool.query<{ id: number }>(
    `insert into tasks (source_id, ${columns}) select id, ${values} from sources where name = 'wecom' returning id`,
  );
  return rows[0]!.id;
}

/** From now on `shifts` has what moved by itself, as the browser measures it. */
const WATCH_SHIFTS = `
  globalThis.shifts = [];
  new PerformanceObserver((list) => shifts.push(...list.getEntries().filter(({ hadRecentInput }) => !hadRecentInput)))
    .observe({ type: 'layout-shift' });`;

function gate() {
  let open!: () => void;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { open, passed };
}
const notify = (id: number) => rollcall.app.pool.query(`select pg_notify('rollcall_tasks', $1)`, [String(id)]);
const banner = () => page.getByRole('complementary', { name: 'Needs attention' });
const status = () => page.locator('.task-standing .status');
/** What a screen reader was told last. */
const announced = (text: string | RegExp) =>
  page.locator('[data-announcer]').getByText(text, { exact: true }).waitFor({ state: 'attached' });
/** The button that opened a question is gone with its answer: the focus is not. */
const headingHasFocus = (id: number) =>
  page
    .getByRole('heading', { name: `Task ${id}` })
    .and(page.locator(':focus'))
    .waitFor();
const confirm = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

test('a task that waits for its turn says which one runs before it', async () => {
  const before = await insertTask(
    'kind, status, step, lease_owner, lease_until',
    `'pull', 'running', 'read', 'nobody', now() + interval '1 hour'`,
  );
  const waiting = await insertTask('kind, status', `'pull', 'queued'`);
  try {
    await page.goto(`/tasks/${waiting}`);
    await page.locator('.task-standing').getByText('Its turn comes after').waitFor();
    await page
      .locator('.task-standing')
      .getByRole('link', { name: `Task ${before}` })
      .click();
    await page.getByRole('heading', { name: `Task ${before}` }).waitFor();
  } finally {
    await rollcall.app.pool.query('delete from tasks where id = any ($1)', [[before, waiting]]);
  }
});

test('a held plan shows on every page, is explained, seen whole, saved as CSV, and approved', async () => {
  await push(
    ['it', 'hq'].map((uid) => ({ uid, title: uid.toUpperCase() })),
    'department',
  );
  await push(people(30));
  await page.goto('/tasks');
  await page.locator('.status').first().waitFor();
  expect(await banner().count()).toBe(0);

  const id = await push(people(20, { isDeleted: true }));
  // Without a reload.
  await banner().getByText('20 users would be deleted, of 30.').waitFor();
  await banner()
    .getByRole('link', { name: /^Task \d+ of HTTP API/ })
    .click();
  await page.getByRole('heading', { name: 'This plan waits for a decision: it goes over a limit' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/tasks/${id}`);
  await page
    .locator('.doubts')
    .getByText('20 users would be deleted, of 30. More than 500, or more than 10 % (5), wait for a decision.')
    .waitFor();
  // Its own page needs no banner.
  expect(await banner().count()).toBe(0);
  expect(await page.locator('.timeline li[data-state="held"]').innerText()).toContain('Check limits');

  await page.getByLabel('Target', { exact: true }).selectOption('Users');
  await page.getByText('20 changes', { exact: true }).waitFor();
  const life = page.getByRole('row').filter({ hasText: 'u11' }).locator('dl');
  expect(await life.innerText()).toMatch(/^Status\s+Before:\s+Active →\s+After:\s+Deleted$/);
  await page.getByLabel('Search by uid').fill('U1');
  await page.getByText('11 changes', { exact: true }).waitFor();
  await announced('Found: 11 changes');
  expect(new URL(page.url()).search).toBe('?target=users&q=U1');
  await page.reload();
  await page.getByText('11 changes', { exact: true }).waitFor();
  // What is there at first is read with the page.
  expect(await page.locator('[data-announcer]').innerText()).toBe('');

  const saving = page.waitForEvent('download');
  await page.locator('.decision').getByRole('button', { name: 'Save as CSV' }).click();
  const csv = await readFile(await (await saving).path(), 'utf8');
  // By the mark in front a spreadsheet knows the letters.
  expect(csv.split('\r\n')[0]).toBe('\uFEFFtarget,dataType,uid,name,action,outcome,code,field,message,diff');
  expect(csv.match(/^users,user,u\d+,Person \d+,delete,held,.*,status: active → deleted/gm)).toHaveLength(20);

  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('dialog').getByText('Exactly this plan is applied').waitFor();
  await confirm('Approve');
  await status().getByText('Succeeded').waitFor();
  await page.locator('.decision').waitFor({ state: 'detached' });
  await headingHasFocus(id);
  await page.getByRole('link', { name: 'Users: 20 deleted' }).waitFor();
});

test.each([WIDE, NARROW])(
  'what a held plan would do is decided without scrolling, in a window of %j',
  async (viewport) => {
    const loss = {
      kind: 'limit',
      limit: 'disables',
      dataType: 'user',
      n: 7,
      recent: 0,
      live: 35,
      count: 500,
      percent: 10,
    };
    const id = await insertTask(
      'kind, status, step, held_reason, counts, doubts, read, started_at',
      `'pull', 'held', 'guard', 'limits', '{"users":{"disabled":7,"unchanged":28},"departments":{"unchanged":13}}',
     '${JSON.stringify([loss])}', '{"user":28,"department":13}', now()`,
    );
    const visit = await rollcall.visitAsAdmin({ viewport });
    await visit.page.goto(`/tasks/${id}`);
    const overview = visit.page.locator('.task-overview');
    for (const part of [
      visit.page.getByRole('heading', { name: 'This plan waits for a decision' }),
      overview.getByText('7 users would be disabled, of 35.'),
      overview.getByRole('button', { name: /^Approve/ }),
      overview.getByRole('button', { name: /^Reject/ }),
    ]) {
      await part.waitFor();
      const { y, height } = (await part.boundingBox())!;
      expect(y + height).toBeLessThanOrEqual(viewport.height);
    }
    expect(visit.errors).toEqual([]);
    await visit.close();
    await page.unrouteAll();
    await rollcall.app.pool.query('delete from tasks where id = $1', [id]);
  },
);

test('a rejected plan changes nothing, and the same removals are held again with a link to that decision', async () => {
  const id = await push(people(30, { isDeleted: true }));
  await page.goto(`/tasks/${id}`);
  await page.getByRole('button', { name: 'Reject' }).click();
  await confirm('Reject');
  await status().getByText('Rejected').waitFor();
  await headingHasFocus(id);
  const again = await push(people(30, { isDeleted: true }));
  await page.goto(`/tasks/${again}`);
  await page
    .locator('.doubts')
    .getByRole('link', { name: `Task ${id}` })
    .waitFor();
  // Somebody else decides while the question is open: the answer to it says that it came too late.
  await page.getByRole('button', { name: 'Reject' }).click();
  await rollcall.app.admin.post(`/api/tasks/${again}/cancel`);
  await status().getByText('Cancelled').waitFor();
  await page.getByRole('dialog').getByText(`Somebody else has decided on task ${again} meanwhile`).waitFor();
  expect(await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).isDisabled()).toBe(true);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('failures stand together by reason, lead to the raw record, and are tried again alone', async () => {
  await push([person(100, { username: 'wanted' })]);
  const id = await push([
    person(101, { username: 'WANTED' }),
    person(102),
    { uid: 'b1', email: 'none' },
    { uid: 'b2', email: 'none', about: 'x'.repeat(500) },
    'nobody',
  ]);
  await page.goto(`/tasks/${id}`);
  await page.getByRole('link', { name: /^Failures/ }).click();
  const email = page.getByRole('listitem').filter({ hasText: 'Not an e-mail address' });
  await email.getByText('2 records', { exact: true }).waitFor();
  await email.getByText('Correct the value where the record comes from.').waitFor();
  await email.getByRole('link', { name: /^Show the 2 records/ }).click();
  const opener = page.getByRole('button', { name: 'Raw record: b2' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText(`"about": "${'x'.repeat(500)}"`).waitFor();
  // However long a value is, what can be pressed stays within the dialog.
  const [frame, copy] = [await dialog.boundingBox(), await dialog.getByRole('button', { name: 'Copy' }).boundingBox()];
  expect(copy!.x + copy!.width).toBeLessThanOrEqual(frame!.x + frame!.width);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  // The keyboard goes on from where it was.
  await page.locator(':focus').and(opener).waitFor();

  // Everything is in the address.
  await page.reload();
  await page.getByRole('button', { name: 'Raw record: b1' }).waitFor();
  await page
    .getByRole('listitem')
    .filter({ hasText: 'not an object' })
    .getByRole('link', { name: /^Show the record/ })
    .click();
  await page.getByRole('button', { name: 'Raw record: Without a uid' }).click();
  await dialog.getByText('"nobody"', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await readFile(await (await saving).path(), 'utf8')).trimEnd().split('\n')).toHaveLength(5);

  await push([person(100, { username: 'given-up' })]);
  await page.getByRole('button', { name: 'Retry the failed ones' }).click();
  await page.getByRole('dialog').getByText('what was applied stays').waitFor();
  // The answer comes when the task is over again already.
  const answered = page.waitForResponse('**/retry');
  await page.route(
    '**/retry',
    async (route) => {
      const response = await route.fetch();
      await until<string>(
        async () => (await rollcall.app.admin.get(`/api/tasks/${id}`)).body.status as string,
        (now) => now === 'partially_succeeded',
      );
      await route.fulfill({ response });
    },
    { times: 1 },
  );
  await confirm('Retry');
  await page.getByRole('listitem').filter({ hasText: 'belongs to somebody else' }).waitFor({ state: 'detached' });
  await answered;
  await announced(new RegExp(`^Task ${id}: Partly succeeded`));
  // While the task ran there was nothing to retry.
  await headingHasFocus(id);
  // What was refused stays refused.
  await email.getByText('2 records', { exact: true }).waitFor();
});

test('what an update changed reads field by field, and is undone by a task of its own', async () => {
  await push([person(400)]);
  const id = await push([person(400, { nickname: 'Renamed', departments: ['hq'], about: 'long '.repeat(100) })]);
  await page.goto('/tasks');
  await page
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name: `Task ${id}`, exact: true }) })
    .getByRole('link')
    .first()
    .click();
  const field = page.getByRole('row').filter({ hasText: 'u400' }).locator('dl > div').filter({ hasText: /^Name/ });
  expect(await field.locator('del').innerText()).toBe('Person 400');
  expect(await field.locator('ins').innerText()).toBe('Renamed');
  await page.getByText('IT (main), HQ').waitFor();

  await page.getByRole('button', { name: 'Undo' }).click();
  await confirm('Undo');
  await page.getByText('Takes back').waitFor();
  await status().getByText('Succeeded').waitFor();
  await page.getByRole('link', { name: `Task ${id}` }).click();
  await page.getByText('Taken back by').waitFor();
  expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
});

test('a count leads down to the changes that it counts', async () => {
  const id = await push(Array.from({ length: 30 }, (_, n) => person(500 + n)));
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.goto(`/tasks/${id}`);
  const parts = page.getByRole('region', { name: 'Changes', exact: true });
  await page.getByText('60 changes', { exact: true }).waitFor();
  expect((await parts.boundingBox())!.y).toBeGreaterThan(250);
  await page.getByRole('link', { name: 'Users: 30 created' }).click();
  await page.getByText('30 changes', { exact: true }).waitFor();
  expect((await parts.boundingBox())!.y).toBeLessThan(150);
  expect(await page.evaluate('document.activeElement.id')).toBe('task-parts');
  // Memberships are no departments, and say what they add.
  await page.getByRole('link', { name: 'Memberships: 30 updated' }).click();
  await page.locator('.list-table ins').getByText('IT (main), HQ').first().waitFor();
  await page.getByLabel('Search by uid or name').fill('Person 511');
  await page.getByText('1 change', { exact: true }).waitFor();
  await page.setViewportSize(WIDE);
});

test('a preview that finds nothing to change says so, and there is nothing to approve', async () => {
  await push([person(450)]);
  const { body } = await key.post('/api/userData:push', { dataType: 'user', dryRun: true, records: [person(450)] });
  const id = (body.data?.taskId ?? body.id) as number;
  await page.goto(`/tasks/${id}`);
  await page.getByRole('heading', { name: 'A preview: nothing would change' }).waitFor();
  await page
    .locator('.task-overview')
    .getByRole('button', { name: /^Discard/ })
    .waitFor();
  expect(await page.getByRole('button', { name: /^Approve/ }).count()).toBe(0);
  await page.getByRole('button', { name: /^Discard/ }).click();
  await confirm('Discard');
  await page.locator('.decision').waitFor({ state: 'detached' });
  await headingHasFocus(id);
});

test('a task that failed as a whole says why among its failures, and leads to its source', async () => {
  const id = await insertTask(
    'kind, status, step, message, error_code, finished_at',
    `'pull', 'failed', 'read', 'Enter the credentials anew.', 'credentials', now()`,
  );
  await page.goto(`/tasks/${id}?tab=failures`);
  const notice = page.getByRole('alert').filter({ hasText: 'The task failed as a whole' });
  await notice.getByText('Enter the credentials anew.').waitFor();
  await page.goto('/system');
  await page.getByText('1 task failed, and nothing has made up for it yet').waitFor();
  expect(await page.getByText('nothing waits for you').count()).toBe(0);
  await page.goto(`/tasks/${id}`);
  await page.getByRole('link', { name: '企业微信', exact: true }).click();
  await page.waitForURL(/\/sources\/\d+$/);
  await rollcall.app.pool.query(`update tasks set status = 'cancelled' where id = $1`, [id]);
});

test('a read is not tried again while its source is turned off: the question says so, and leads there', async () => {
  const { pool } = rollcall.app;
  const id = await insertTask(
    'kind, status, step, error_code, finished_at',
    `'pull', 'failed', 'read', 'network', now()`,
  );
  const off = 'update sources set enabled = $2 where id = (select source_id from tasks where id = $1)';
  await pool.query(off, [id, false]);
  await page.goto(`/tasks/${id}`);
  await page.getByRole('button', { name: /^Retry/ }).click();
  const dialog = page.getByRole('dialog', { name: `Retry task ${id}?` });
  await dialog.getByText('企业微信 is turned off, so it is not read.').waitFor();
  expect(await dialog.getByRole('button', { name: 'Retry' }).isDisabled()).toBe(true);
  await dialog.getByRole('link', { name: 'Open the source' }).click();
  await page.waitForURL(/\/sources\/\d+$/);
  await pool.query(off, [id, true]);
  await pool.query(`update tasks set status = 'cancelled' where id = $1`, [id]);
});

test('a running task shows how far it is without a reload, and is cancelled', async () => {
  const id = await insertTask(
    'kind, status, step, done, total, started_at',
    `'pull', 'cancelled', 'apply', 0, 1000, now()`,
  );
  await rollcall.app.pool.query(
    `update tasks set status = 'running', lease_until = now() + interval '1 hour' where id = $1`,
    [id],
  );
  await page.goto(`/tasks/${id}`);
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByText('0 of 1,000').waitFor();
  await rollcall.app.pool.query('update tasks set done = 420 where id = $1', [id]);
  await notify(id);
  await page.getByText('420 of 1,000').waitFor();
  expect(await page.getByRole('progressbar').getAttribute('value')).toBe('420');
  expect(await page.locator('.timeline li[aria-current="step"]').innerText()).toContain('Apply');
  await page.getByRole('button', { name: /^Cancel: / }).click();
  await confirm('Cancel the task');
  await status().getByText('Stopping').waitFor();
  expect(await page.getByRole('button', { name: /^Cancel/ }).count()).toBe(0);
  const { rows } = await rollcall.app.pool.query('select cancel_requested from tasks where id = $1', [id]);
  expect(rows).toEqual([{ cancel_requested: true }]);
  await rollcall.app.pool.query(`update tasks set status = 'cancelled', finished_at = now() where id = $1`, [id]);
  await notify(id);
  await status().getByText('Cancelled').waitFor();
});

test.each(['before the live connection was up', 'and was told while the answer was on its way'])(
  'a first answer that is older than what happened does not stay: it happened %s',
  async (when) => {
    const id = await insertTask('kind, status, held_reason, started_at', "'pull', 'held', 'limits', now()");
    const ends = async () => {
      await rollcall.app.pool.query(`update tasks set status = 'failed', finished_at = now() where id = $1`, [id]);
      await notify(id);
    };
    const read = gate();
    const ended = gate();
    let first = true;
    await page.route(`**/api/tasks/${id}`, async (route) => {
      if (!first) return route.continue();
      first = false;
      const response = await route.fetch();
      read.open();
      await ended.passed;
      await route.fulfill({ response });
    });
    const early = when.startsWith('before');
    if (early) {
      await page.route('**/api/tasks/events', (route) => read.passed.then(ends).then(() => route.continue()), {
        times: 1,
      });
    }
    const connected = page.waitForResponse('**/api/tasks/events');
    await page.goto(`/tasks/${id}`);
    await Promise.all([connected, read.passed]);
    if (!early) await ends();
    // Longer than what is told is held together before it is read again.
    await page.waitForTimeout(1_500);
    ended.open();
    await status().getByText('Failed').waitFor();
    await page.unrouteAll();
    await rollcall.app.pool.query('delete from tasks where id = $1', [id]);
  },
);

test('that a task had no changes yet is not told of it once it has ended', async () => {
  const id = await insertTask(
    'kind, status, step, started_at, lease_until',
    `'pull', 'running', 'apply', now(), now() + interval '1 hour'`,
  );
  await page.goto(`/tasks/${id}`);
  await page.getByText('There are no changes yet.').waitFor();
  const answered = gate();
  await page.route(`**/api/tasks/${id}/changes?**`, (route) => answered.passed.then(() => route.continue()));
  await rollcall.app.pool.query(
    `update tasks set status = 'succeeded', released_at = now(), finished_at = now() where id = $1`,
    [id],
  );
  await notify(id);
  await status().getByText('Succeeded').waitFor();
  await page.getByRole('status', { name: 'Changes: loading…' }).waitFor();
  expect(await page.getByText('This task changed nothing').count()).toBe(0);
  answered.open();
  await page.getByText('This task changed nothing').waitFor();
  await page.unrouteAll();
  await rollcall.app.pool.query('delete from tasks where id = $1', [id]);
});

test.each([WIDE, NARROW])(
  'nothing jumps from a task’s beginning to its end, in a window of %j',
  async (viewport) => {
    // Behind this one the next waits.
    const busy = await insertTask(
      'kind, status, step, lease_until',
      `'pull', 'running', 'read', now() + interval '1 hour'`,
    );
    const records = Array.from({ length: 200 }, (_, n) => person(600 + n, { title: `${viewport.width} wide` }));
    const patient = rollcall.app.admin.with({ Prefer: 'respond-async' });
    const { body } = await patient.post('/api/userData:push', { dataType: 'user', sourceName: 'wecom', records });
    const id = (body.data?.taskId ?? body.id) as number;
    const visit = await rollcall.visitAsAdmin({ viewport });
    await visit.page.goto(`/tasks/${id}`);
    const badge = visit.page.locator('.task-standing .status');
    await badge.getByText('Waiting').waitFor();
    await visit.page.getByText('There are no changes yet').waitFor();
    await visit.page.getByText('Live', { exact: true }).waitFor();
    await visit.page.evaluate(WATCH_SHIFTS);
    await rollcall.app.pool.query(`update tasks set status = 'cancelled', finished_at = now() where id = $1`, [busy]);
    await badge.getByText('Succeeded').waitFor();
    await visit.page.getByText(/^[1-9]\d* changes$/).waitFor();
    // So little nobody sees; Web Vitals count a page as still up to twice as much.
    expect(await visit.page.evaluate<number>('shifts.reduce((sum, { value }) => sum + value, 0)')).toBeLessThan(0.01);
    expect(visit.errors).toEqual([]);
    await visit.close();
  },
  30_000,
);

test('a failed task stands in the banner until it is waved away, or its source does better', async () => {
  await page.goto('/tasks');
  await page.locator('.status').first().waitFor();
  const first = await push([{ uid: 'b1', email: 'none' }]);
  await banner()
    .getByRole('link', { name: new RegExp(`Task ${first} of HTTP API`) })
    .waitFor();
  await banner()
    .getByRole('button', { name: /^Dismiss/ })
    .click();
  await banner().waitFor({ state: 'detached' });
  const second = await push([{ uid: 'b1', email: 'none' }]);
  await banner()
    .getByRole('link', { name: new RegExp(`Task ${second} of HTTP API`) })
    .waitFor();
  await push([{ uid: 'b1', email: 'b1@example.com' }]);
  await banner().waitFor({ state: 'detached' });
});

test('a failed read stays in the banner and at its source, whatever is done for single people meanwhile', async () => {
  const { pool } = rollcall.app;
  const failed = await insertTask('kind, status, error_code, finished_at', `'pull', 'failed', 'credentials', now()`);
  const event = await insertTask('kind, status, finished_at', `'event', 'succeeded', now()`);
  await page.goto('/sources');
  await banner()
    .getByRole('link', { name: new RegExp(`^Task ${failed} of 企业微信`) })
    .waitFor();
  const row = page.getByRole('row').filter({ hasText: '企业微信' });
  await row
    .getByText('Failed read:')
    .getByRole('link', { name: `Task ${failed}` })
    .waitFor();
  const read = await insertTask(
    'kind, status, complete, finished_at',
    `'pull', 'succeeded', '{"user":{"complete":false,"reason":"Half of it."}}', now()`,
  );
  await notify(read);
  await banner().waitFor({ state: 'detached' });
  // Not everybody was seen: no plain success, and nobody may say that all is in step.
  const unseen = row.getByText('Succeeded, not all seen');
  await unseen.waitFor();
  expect(await unseen.getAttribute('data-status')).toBe('partially_succeeded');
  await page.goto(`/tasks/${read}`);
  await status().getByText('Succeeded, not all seen').waitFor();
  await page.getByText('what could be read was in step already. The rest was not read.').waitFor();
  await pool.query('delete from tasks where id = any ($1)', [[failed, event, read]]);
});

test('plans that are held for one reason are one notice, which is waved away once', async () => {
  const { pool } = rollcall.app;
  const { rows } = await pool.query<{ id: number }>(
    `insert into tasks (source_id, kind, status, step, held_reason, created_at)
     select s.id, 'push', 'held', 'guard', 'limits', now() + interval '1 minute'
     from sources s, generate_series(1, 30) where name = 'wecom' returning id`,
  );
  await page.goto('/tasks');
  await banner()
    .getByText(/and (29|[3-9]\d) more/)
    .waitFor();
  await banner()
    .getByRole('button', { name: /^Dismiss/ })
    .click();
  await banner().waitFor({ state: 'detached' });
  await pool.query('delete from tasks where id = any ($1)', [rows.map(({ id }) => id)]);
});

test('the list is filtered by source, target and what needs attention, in the address', async () => {
  await rollcall.app.admin.post('/api/sources', { name: 'hr', type: 'push' });
  await rollcall.app.admin.post('/api/userData:push', {
    sourceName: 'hr',
    dataType: 'user',
    records: [{ uid: 'x', email: 'none' }],
  });
  await page.goto('/tasks');
  await page.getByLabel('Source').selectOption('hr');
  await page.getByText('1 task', { exact: true }).waitFor();
  await page.getByLabel('Status').selectOption('Needs attention');
  await page.waitForURL(/attention=true/);
  await page.getByText('1 task', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('1 task', { exact: true }).waitFor();
  // Its one record was refused as it was sent.
  expect(await page.getByRole('button', { name: /^Retry/ }).count()).toBe(0);
  await page.getByLabel('Source').selectOption('All sources');
  await page.getByLabel('Status').selectOption('All statuses');
  await page.getByLabel('Target').selectOption('Departments');
  await page.waitForURL(/targetId=\d+$/);
  await page.getByText('Departments 2 created').waitFor();
});

test('the log lines of a task are filtered by how much they matter', async () => {
  const id = await push([person(26, { nickname: 'Logged' })]);
  const line = (level: string, msg: string): string =>
    `${JSON.stringify({ level, time: new Date().toISOString(), taskId: id, context: 'Spine', msg, attempt: 1 })}\n`;
  const day = new Date().toISOString().slice(0, 10);
  await appendFile(
    join(rollcall.app.config.logDirectory, `system-${day}.99.ndjson`),
    line('info', 'The task begins') + line('warn', 'Something is odd') + line('error', 'The task met an error'),
  );
  await page.goto(`/tasks/${id}?tab=log`);
  await page.getByText('3 lines', { exact: true }).waitFor();
  await page.getByLabel('Level').selectOption('Warnings and errors');
  await page.getByText('2 lines', { exact: true }).waitFor();
  await page.waitForURL(/level=warn/);
  expect(await page.getByText('The task begins').count()).toBe(0);
});

test('an undo that takes much away waits for a decision, and says what it would take back', async () => {
  const id = await push(Array.from({ length: 100 }, (_, n) => person(800 + n)));
  await page.goto(`/tasks/${id}`);
  await page.getByRole('button', { name: 'Undo' }).click();
  await confirm('Undo');
  await page.getByText('To take back what that task did, this one would take away more').waitFor();
  await page.locator('.doubts').getByText('100 users would be deleted').waitFor();
  await page.getByText('Takes back').waitFor();
  await page.getByRole('button', { name: 'Reject' }).click();
  await confirm('Reject');
  await status().getByText('Rejected').waitFor();
});

test('a viewer sees a plan and may not decide, save or look at what was there before', async () => {
  const { body } = await rollcall.app.admin.post('/api/admins', { username: 'vera', role: 'viewer' });
  const token = new URL(body.invitation.link as string).hash.slice(1);
  await rollcall.app.anonymous.post('/api/auth/accept-invitation', { token, password: 'password of vera' });
  const id = await push([person(27, { nickname: 'Seen by Vera' })]);
  const held = await insertTask(
    'kind, status, step, held_reason, counts, doubts',
    `'pull', 'held', 'guard', 'empty', '{"users":{"disabled":7}}', '[{"kind":"empty","dataType":"user"}]'`,
  );
  const viewer = await rollcall.visit();
  await viewer.page.goto(`/tasks/${id}`);
  await signInByPage(viewer.page, 'vera', 'password of vera');
  await viewer.page.locator('ins').getByText('Seen by Vera').waitFor();
  expect(await viewer.page.locator('del').count()).toBe(0);
  for (const name of [/^Undo/, /CSV/, /^Download/])
    expect(await viewer.page.getByRole('button', { name }).count()).toBe(0);
  await viewer.page.goto(`/tasks/${held}`);
  await viewer.page.getByText('Approving needs the role approver.').waitFor();
  await viewer.page.getByText('The source used to have users and now answered with none.').waitFor();
  expect(await viewer.page.getByRole('button', { name: /^(Approve|Reject)/ }).count()).toBe(0);
  expect(viewer.errors).toEqual([]);
  await viewer.close();
});

test('a task that is not there says so and leads back', async () => {
  for (const address of ['/tasks/999999', '/tasks/nonsense']) {
    await page.goto(address);
    await page.getByText('There is no such task').waitFor();
  }
  await page.getByRole('link', { name: 'All tasks' }).click();
  await page.locator('.status').first().waitFor();
});

test.each([
  [
    'fr',
    'La lecture a été interrompue : WeCom est surchargé (errcode -1, user/get).',
    '2 enregistrements sur 9 en échec :',
    'email n’est pas une adresse e-mail :',
  ],
  [
    'zh-CN',
    '读取中途中断：企业微信系统繁忙（errcode -1, user/get）。',
    '9 条记录中有 2 条失败：',
    'email 不是电子邮件地址：',
  ],
])('a task speaks %s, and so do the adapter that it heard and its records', async (locale, cut, failed, invalid) => {
  const notes = [
    { code: 'read_cut', values: {} },
    { code: 'said', values: {}, said: 'WeCom is busy (errcode -1, user/get).' },
    {
      code: 'records_failed',
      values: { failed: 2, concerned: 9, more: false, codes: [{ code: 'email_taken', n: 2 }] },
    },
    { code: 'not_complete', values: { dataType: 'user' }, said: 'Only said in English.' },
  ];
  const id = await insertTask(
    'kind, status, message, notes, finished_at',
    `'pull', 'partially_succeeded', 'In English.', '${JSON.stringify(notes)}', now()`,
  );
  const local = await rollcall.visitAsAdmin({ locale });
  await local.page.goto(`/tasks/${id}`);
  // In French, with spaces at which no line ends.
  const said = (await local.page.locator('.task-standing-text').innerText()).replaceAll('\u00a0', ' ');
  expect(said).toContain(cut);
  expect(said).toContain(failed);
  expect(said).toContain('Only said in English.');
  await rollcall.app.pool.query(
    `insert into changes (task_id, target_id, data_type, record_id, uid, outcome, code, field, message)
     values ($1, 1, 'user', 0, 'x', 'failed', 'invalid_email', 'email', 'email is not an e-mail address: it needs text on both sides of one @, and no space.')`,
    [id],
  );
  await local.page.goto(`/tasks/${id}?tab=failures`);
  await local.page.locator('.failure-example').getByText(invalid, { exact: false }).waitFor();
  await local.page.goto('/tasks');
  await local.page.locator('.task-message').getByText(cut, { exact: false }).first().waitFor();
  expect(local.errors.splice(0)).toEqual([]);
  await local.close();
  await rollcall.app.pool.query('delete from tasks where id = $1', [id]);
});

describeThorough('every part of a task', () => {
  const tasks: Record<string, string> = {};

  beforeAll(async () => {
    const pool = rollcall.app.pool;
    await pool.query(`update tasks set status = 'cancelled' where status in ('held', 'running')`);
    await push(people(40));
    const failing = await push([
      ...Array.from({ length: 7 }, (_, n) => person(200 + n, { username: 'user3' })),
      ...Array.from({ length: 12 }, (_, n) => ({ uid: `b${n}`, email: 'none' })),
      { uid: 'c1', nickname: 7 },
      person(41),
      person(5, { nickname: '王小明', title: 'Head of everything', departments: ['hq'] }),
    ]);
    const held = await push(
      people(35).map((one, n) => ({ ...one, isDeleted: n > 11, ...(n < 12 && { email: null }) })),
    );
    const running = await insertTask(
      'kind, status, step, done, total, started_at, read, read_began_at, read_at, attempts',
      `'pull', 'cancelled', 'apply', 48210, 120000, now() - interval '3 minutes', '{"user":120000,"department":1400}',
       now() - interval '3 minutes', now() - interval '95 seconds', 1`,
    );
    await pool.query(`update tasks set status = 'running', lease_until = now() + interval '1 hour' where id = $1`, [
      running,
    ]);
    const failed = await insertTask(
      'kind, status, step, message, error_code, started_at, finished_at, cost_ms, attempts',
      `'pull', 'failed', 'read', 'WeCom refused the secret (40001). Enter the credentials anew, then try again.', 'credentials',
       now() - interval '20 seconds', now(), 20450, 3`,
    );
    Object.assign(tasks, {
      held: `/tasks/${held}`,
      changes: `/tasks/${failing}`,
      failures: `/tasks/${failing}?tab=failures&code=username_taken&target=users&field=username`,
      running: `/tasks/${running}`,
      failed: `/tasks/${failed}`,
      list: '/tasks',
    });
  }, 60_000);

  async function look(name: string, address: string, options: BrowserContextOptions): Promise<void> {
    const visit = await rollcall.visitAsAdmin(options);
    await visit.page.goto(address);
    // The banner may be there before the page is.
    await visit.page.getByRole('heading', { level: 1 }).waitFor();
    await visit.page.locator('.status').first().waitFor();
    await visit.page.locator('.ant-skeleton').first().waitFor({ state: 'detached' });
    if (address !== '/tasks') await visit.page.locator('.task-parts > section:last-child').waitFor();
    await screenshot(visit.page, `task-${name}`);
    expect(await accessibilityProblems(visit.page)).toEqual([]);
    expect(await visit.page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
      options.viewport?.width ?? 0,
    );
    expect(visit.errors).toEqual([]);
    await visit.close();
  }

  test.each(['held', 'changes', 'failures', 'running', 'failed', 'list'])(
    'is without a finding of axe, light and wide, dark and narrow: %s',
    async (part) => {
      await look(`${part}-light`, tasks[part] ?? '', { viewport: WIDE });
      await look(`${part}-dark-narrow`, tasks[part] ?? '', { viewport: NARROW, colorScheme: 'dark' });
    },
    60_000,
  );

  test('in French and Chinese, and the other way round', async () => {
    await look('held-french-dark', tasks['held'] ?? '', { viewport: WIDE, locale: 'fr', colorScheme: 'dark' });
    await look('failures-chinese-narrow', tasks['failures'] ?? '', { viewport: NARROW, locale: 'zh-CN' });
    await look('changes-smallest', tasks['changes'] ?? '', { viewport: { width: 320, height: 640 } });
  }, 60_000);
});
