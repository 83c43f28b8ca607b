// npm run bench:pages: how soon the pages of a large directory can be used. See --help.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { Refusal, build, checkNode, install, main, progress } from '../bootstrap.mjs';
import { departmentCount } from './company/records.mjs';
import { BUDGETS, budgetsMet, pagesTable } from './pages-report.mjs';

const TASKS = 10_000;
const HELP = `npm run bench:pages [-- options]

Starts a Postgres, a Redis and the built service of its own, fills in a made-up company of N users and N/20 departments by
COPY and one statement, and opens pages in Chromium, each with an empty cache and somebody who is signed in already. Prints
for each until when its first rows can be used, how many requests that took, and how many bytes of JavaScript came.

  --n 100000           how many users; several times for several runs
  --rounds 5           how often each page is opened; the table shows medians
  --json               one line of JSON for each N instead of the table
  --help

${BUDGETS}`;

/** A row that is no placeholder, and not one of the page before. */
const ROW = '.list-table:not(.outdated) tbody tr';

/** Page → address, and what somebody can use once it is there. `place`: ids of what the company has. */
const PAGES = {
  'sign-in': { address: () => '/sign-in', usable: 'input[type="password"]', signedIn: false },
  sources: { address: () => '/sources', usable: ROW },
  users: { address: () => '/users', usable: ROW },
  'users, page 2': { address: () => '/users?page=2', usable: ROW },
  'users, last page': { address: ({ users }) => `/users?page=${Math.ceil(users / 20)}`, usable: ROW },
  'users, one found': { address: ({ users }) => `/users?q=firstname.lastname${users - 1}`, usable: ROW },
  'users, everybody found': { address: () => '/users?q=lastname', usable: ROW },
  'users of a department': { address: ({ department }) => `/users?departmentId=${department}`, usable: ROW },
  departments: { address: () => '/departments', usable: '.tree-link' },
  'one department': { address: ({ department }) => `/departments/${department}`, usable: ROW },
  tasks: { address: () => '/tasks', usable: ROW },
  'tasks, page 2': { address: () => '/tasks?page=2', usable: ROW },
};

const SOME_SOURCES = `
  insert into sources (name, display_name, type) select 'system-' || n, 'System ' || n, 'push' from generate_series(1, 30) n`;

const SOME_TASKS = `
  insert into tasks (source_id, kind, status, step, created_at, started_at, finished_at, cost_ms, attempts, counts)
  select 1, 'push', 'succeeded', 'report', at, at, at + interval '1 second', 1000, 1,
    '{"users": {"created": 3, "updated": 40, "unchanged": 5000}, "departments": {"updated": 2, "unchanged": 5000}}'
  from generate_series(1, $1::int) n, lateral (select now() - n * interval '1 hour' as at) t
  order by n desc`;

await main(async () => {
  const { values } = parseArgs({
    options: {
      n: { type: 'string', multiple: true },
      rounds: { type: 'string', default: '5' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(HELP);
  const sizes = (values.n ?? ['100000']).map((text) => whole('--n', text, 1_000, 10_000_000));
  const rounds = whole('--rounds', values.rounds, 1, 100);
  checkNode();
  await install();
  await build();
  for (const n of sizes) {
    const result = { n, pages: await measure(n, rounds, values.json ? () => undefined : progress) };
    console.log(values.json ? JSON.stringify(result) : `${pagesTable(result)}\n\n${budgetsMet(result)}`);
  }
});

function whole(option, text, least, most) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Refusal(`${option} ${text} is not a whole number from ${least} to ${most}.`);
}

async function measure(n, rounds, tell) {
  // Only now, when everything is installed and built.
  const { startServers, sessionCookie } = await import('../service-process.mjs');
  const { openBrowser } = await import('./page-visits.mjs');
  const servers = await startServers();
  let browser;
  try {
    const api = await servers.start({ ROLLCALL_ROLE: 'api', LOG_LEVEL: 'error' });
    const place = await fill(servers, n);
    tell(`${n} users are there.`);
    browser = await openBrowser(api.url, await sessionCookie(api.url));
    const measured = [];
    for (const [name, { address, usable, signedIn = true }] of Object.entries(PAGES)) {
      // The first visit is for what the service and Postgres remember from then on.
      const visits = [];
      for (let round = 0; round <= rounds; round++) visits.push(await browser.visit(address(place), usable, signedIn));
      const kept = visits.slice(1);
      const { requests, scriptBytes } = kept[0];
      measured.push({ name, ms: median(kept.map(({ ms }) => ms)), firstMs: visits[0].ms, requests, scriptBytes });
      tell(`${name}: ${measured.at(-1).ms} ms`);
    }
    return measured;
  } finally {
    await browser?.close();
    await servers.stop();
  }
}

/** Fills the tables of the service as a first sync of the company would, and adds sources and tasks to look at. */
async function fill(servers, users) {
  const { measureFloor } = await import('./floor.mjs');
  const { writeFloorRows } = await import('./floor-rows.mjs');
  const database = new pg.Client({ connectionString: servers.databaseUrl() });
  await database.connect();
  try {
    const folder = join(servers.folder, 'rows');
    mkdirSync(folder);
    const rows = join(folder, 'base');
    await writeFloorRows(rows, users, 'base');
    await measureFloor(database, 'first', rows);
    await database.query('drop table floor_staging');
    await database.query(SOME_SOURCES);
    await database.query(SOME_TASKS, [TASKS]);
    await database.query('vacuum analyze');
    await database.query('checkpoint');
    const { rows: found } = await database.query(`select id from departments where title = $1`, [
      `Department Number ${departmentCount(users) - 1}`,
    ]);
    return { users, department: found[0].id };
  } finally {
    await database.end();
  }
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
