// node tools/measure-push.mjs [users] [departments] [--statements]: what one large push costs, new and again unchanged.
// With --statements also which statements took longest. Starts a Postgres, a Redis and the built service of its own, and prints time, SQL statements and peak memory.
import pg from 'pg';
import { signIn, startServers, stopOnSignal } from './service-process.mjs';

const explain = process.argv.includes('--statements');
const [userCount = 10_000, departmentCount = 1_000] = process.argv
  .slice(2)
  .filter((word) => /^\d+$/.test(word))
  .map(Number);
const SINGLE_PUSHES = 300;

/** Departments as a tree of ten children each. */
const departments = Array.from({ length: departmentCount }, (_, n) => ({
  uid: `d${n}`,
  title: `Department ${n}`,
  parentUid: n === 0 ? null : `d${Math.floor((n - 1) / 10)}`,
  sort: n,
}));

/** About 300 bytes, one and a half departments and four custom fields each. */
const users = Array.from({ length: userCount }, (_, n) => ({
  uid: `u${n}`,
  username: `user.${n}`,
  nickname: `Person Number ${n}`,
  email: `user.${n}@example.com`,
  phone: `+86 ${13_000_000_000 + n}`,
  departments: [`d${n % departmentCount}`, ...(n % 2 ? [`d${(n * 7) % departmentCount}`] : [])].filter(isFirst),
  position: 'Engineer',
  office: `Building ${n % 20}`,
  employeeNumber: `E${n}`,
  costCentre: `CC-${n % 300}`,
}));

function isFirst(value, index, list) {
  return list.indexOf(value) === index;
}

stopOnSignal();
const servers = await startServers({
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track': 'top',
});
const database = new pg.Client({ connectionString: servers.databaseUrl() });
try {
  await database.connect();
  await database.query('create extension pg_stat_statements');
  const service = await servers.start({ LOG_LEVEL: 'error' });
  const call = await signIn(service.url);
  const push = async (body) => {
    const answer = await call('POST', '/api/userData:push', body);
    if (answer.status !== 200) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const statements = async () =>
    Number((await database.query('select sum(calls) as n from pg_stat_statements')).rows[0].n);

  const rows = [];
  const measure = async (name, dataType, records) => {
    const before = await statements();
    const started = performance.now();
    const answer = await push({ dataType, records });
    const ms = performance.now() - started;
    const sql = (await statements()) - before;
    if (answer.data.status !== 'succeeded') throw new Error(`${name}: ${JSON.stringify(answer.data)}`);
    rows.push({
      push: name,
      records: records.length,
      ms: Math.round(ms),
      'records/s': Math.round((records.length / ms) * 1000),
      statements: sql,
      'per record': Number((sql / records.length).toFixed(4)),
      'peak MiB': service.peakMiB(),
    });
  };
  await measure('departments, new', 'department', departments);
  await measure('users, new', 'user', users);
  await measure('users, unchanged', 'user', users);
  await measure('departments, unchanged', 'department', departments);
  await measure('one user, changed', 'user', [{ ...users[0], nickname: 'Renamed' }]);
  await measure('one user, unchanged', 'user', [{ ...users[0], nickname: 'Renamed' }]);
  await measure(
    '100 users, changed',
    'user',
    users.slice(0, 100).map((user) => ({ ...user, office: 'Moved' })),
  );
  console.table(rows);
  const times = [];
  const before = await statements();
  for (let n = 0; n < SINGLE_PUSHES; n++) {
    const started = performance.now();
    await push({
      dataType: 'user',
      records: [{ ...users[n % userCount], uid: `single${n}`, username: `s${n}`, email: null, phone: null }],
    });
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)].toFixed(1);
  const perPush = ((await statements()) - before) / SINGLE_PUSHES;
  console.log(
    `${SINGLE_PUSHES} new users, one push each: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${perPush.toFixed(1)} statements`,
  );
  if (explain) await printStatements();
} finally {
  await database.end();
  await servers.stop();
}

async function printStatements() {
  const { rows } = await database.query(
    `select calls, round(total_exec_time)::int as ms, round(mean_exec_time::numeric, 2)::float as mean, rows,
       left(regexp_replace(query, '\\s+', ' ', 'g'), 110) as statement
     from pg_stat_statements order by total_exec_time desc limit 25`,
  );
  console.table(rows);
}
