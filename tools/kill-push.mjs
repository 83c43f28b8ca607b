// node tools/kill-push.mjs [rounds]: kills the service (kill -9) at random moments of a push of 5,000 users, starts it
// again, and compares the tables with what was pushed: no duplicate, no loss, no task left running.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { signIn, startServers, stopOnSignal } from './service-process.mjs';

const rounds = Number(process.argv[2] ?? 10);
const USERS = 5_000;
const DEPARTMENTS = 50;
/** Longer than a push takes, so that some rounds hit after it. */
const LATEST_KILL_MS = 2_500;
const ENDS_WITHIN_MS = 60_000;

stopOnSignal();
const servers = await startServers();
const database = new pg.Client({ connectionString: servers.databaseUrl() });
try {
  await database.connect();
  for (let round = 1; round <= rounds; round++) await play(round);
  console.log(`${rounds} rounds: no duplicate, no loss, no task left running.`);
} finally {
  await database.end();
  await servers.stop();
}

async function play(round) {
  const service = await servers.start();
  const call = await signIn(service.url);
  const departments = Array.from({ length: DEPARTMENTS }, (_, n) => ({
    uid: `r${round}d${n}`,
    title: `Department ${n}`,
  }));
  await call('POST', '/api/userData:push', { dataType: 'department', records: departments });
  const users = Array.from({ length: USERS }, (_, n) => ({
    uid: `r${round}u${n}`,
    username: `r${round}u${n}`,
    email: `r${round}u${n}@example.com`,
    departments: [`r${round}d${n % DEPARTMENTS}`],
    managerUid: `r${round}u${(n * 31 + 7) % USERS}`,
  }));
  const push = { dataType: 'user', records: users };
  const answered = call('POST', '/api/userData:push', push).then(
    (answer) => answer.status,
    () => undefined,
  );
  const moment = Math.round(Math.random() * LATEST_KILL_MS);
  await sleep(moment);
  await service.kill();
  const status = await answered;

  const again = await servers.start();
  const started = performance.now();
  const step = await untilNothingRuns(round);
  const recovered = Math.round(performance.now() - started);
  const accepted = (await count(`select count(*) as n from users where username like $1`, `r${round}u%`)) > 0;
  // Killed before anything was committed: the client had no answer and pushes again, as any client would.
  if (!accepted) await (await signIn(again.url))('POST', '/api/userData:push', push);
  await untilNothingRuns(round);
  await compare(round, users);
  await again.stop();
  const happened =
    status !== undefined ? `after the answer ${status}` : accepted ? `during "${step}"` : 'before it was accepted';
  console.log(`round ${round}: killed after ${moment} ms, ${happened}; recovered in ${recovered} ms`);
}

/** Waits until every task is over; returns the step in which the last push was found. */
async function untilNothingRuns(round) {
  const deadline = Date.now() + ENDS_WITHIN_MS;
  let step;
  for (;;) {
    const { rows } = await database.query(
      `select id, status, step from tasks where status in ('queued', 'running') order by id`,
    );
    step ??= rows[0] ? (rows[0].step ?? 'waiting in the queue') : 'over';
    if (rows.length === 0) return step;
    if (Date.now() > deadline) throw new Error(`round ${round}: tasks left: ${JSON.stringify(rows)}`);
    await sleep(100);
  }
}

async function compare(round, users) {
  const { rows } = await database.query(
    `select u.username, u.email, m.username as manager, d.title as department, count(*) over (partition by u.username) as n
     from users u
     join users m on m.id = u.manager_id
     join memberships s on s.user_id = u.id and s.is_main
     join departments d on d.id = s.department_id
     where u.username like $1 and u.deleted_at is null`,
    [`r${round}u%`],
  );
  const found = new Map(rows.map((row) => [row.username, row]));
  const wrong = users.filter((user) => {
    const row = found.get(user.uid);
    return (
      !row ||
      Number(row.n) !== 1 ||
      row.email !== user.email ||
      row.manager !== user.managerUid ||
      row.department !== `Department ${user.departments[0].split('d')[1]}`
    );
  });
  const total = await count('select count(*) as n from users where username like $1', `r${round}u%`);
  const bad = await count(`select count(*) as n from tasks where status not in ('succeeded', $1)`, 'cancelled');
  if (wrong.length > 0 || total !== USERS || bad > 0) {
    throw new Error(`round ${round}: ${total} users, ${wrong.length} of them wrong, ${bad} tasks did not succeed`);
  }
}

async function count(text, parameter) {
  return Number((await database.query(text, [parameter])).rows[0].n);
}
