// npm run bench: what a sync of N users costs, each phase next to its floor. See --help.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { Refusal, build, checkNode, install, main, progress } from '../bootstrap.mjs';
import { PARTNER } from './company/records.mjs';
import { BARS, barsMet, tableOf } from './report.mjs';

const PULLS = { first: 'base', unchanged: 'base', 'changed-1pct': 'changed', 'gone-1pct': 'gone' };
/** Phase → how a product that is open measures its pushes. */
const PUSHES = {
  'push-1': (product) => product.push(1, 1_000),
  'push-100': (product) => product.push(100, 100),
  'move-5000': (product) => product.moveDepartment(100),
};
/** Of a second source; each needs the one before. Last, so that the others have the tables of one source. */
const PARTNER_PULLS = { 'second-source': 'base', 'second-gone-1pct': 'gone' };
const TARGET = 'new-target';
const PHASES = [...Object.keys(PULLS), TARGET, ...Object.keys(PUSHES), ...Object.keys(PARTNER_PULLS)];
const SIZES = [10_000, 100_000, 1_000_000];

const HELP = `npm run bench [-- options]

Starts a Postgres, a Redis and the built service of its own, syncs a made-up company of N users through an installed
source adapter, and prints what each phase costs next to its floor: COPY of the same rows and one hand-written statement
(tools/bench/floor.mjs), measured in the same run on the same Postgres. The floor of a push is the median of a route that
asks Postgres SELECT 1, and its ratio is that of the push's p99. new-target switches on a target outside of this Postgres;
move-5000 moves a department of 5,000 people by a push of one record, and fails when anything else is written. second-source
reads a partner's list of the same people, with departments of its own and their owners; second-gone-1pct misses some of them there.

  --n 10000            how many users; several times for several runs. Default: ${SIZES.join(', ')}
  --phases first,…     only these of ${PHASES.join(', ')}
                       (what comes before them is run too, and not measured against a floor)
  --json               one line of JSON for each N instead of the table
  --help

${BARS}`;

await main(async () => {
  const { values } = parseArgs({
    options: {
      n: { type: 'string', multiple: true },
      phases: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(HELP);
  const sizes = values.n?.map(sizeOf) ?? SIZES;
  const wanted = values.phases?.split(',') ?? PHASES;
  for (const name of wanted) if (!PHASES.includes(name)) throw new Refusal(`There is no phase "${name}". See --help.`);
  checkNode();
  await install();
  await build();
  // Only now, when everything is installed and built.
  const { stopOnSignal } = await import('../service-process.mjs');
  stopOnSignal();
  const results = [];
  for (const n of sizes) {
    const result = { n, phases: await measure(n, wanted, values.json ? () => undefined : progress) };
    results.push(result);
    console.log(values.json ? JSON.stringify(result) : tableOf(result));
  }
  if (!values.json) console.log(barsMet(results));
});

function sizeOf(text) {
  const n = Number(text);
  if (Number.isInteger(n) && n >= 100 && n <= 10_000_000) return n;
  throw new Refusal(`--n ${text} is not a whole number from 100 to 10000000.`);
}

async function measure(n, wanted, tell) {
  // Only now, when everything is installed and built.
  const { startServers } = await import('../service-process.mjs');
  const servers = await startServers();
  const clients = [];
  const connect = async (name) => {
    const client = new pg.Client({ connectionString: servers.databaseUrl(name) });
    await client.connect();
    clients.push(client);
    return client;
  };
  try {
    return await phases(n, wanted, tell, servers, connect);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
    await servers.stop();
  }
}

async function phases(n, wanted, tell, servers, connect) {
  const { measureFloor } = await import('./floor.mjs');
  const { writeFloorRows } = await import('./floor-rows.mjs');
  const { openProduct } = await import('./product.mjs');
  const admin = await connect('postgres');
  await admin.query('create database rollcall');
  await admin.query('create database floor');
  // The service itself makes the floor's tables: the same ones, with the same indexes.
  const migrating = await servers.start({ DATABASE_URL: servers.databaseUrl('floor'), ROLLCALL_ROLE: 'api' });
  await migrating.stop();
  const floor = await connect('floor');
  const rollcall = await connect('rollcall');
  const product = await openProduct(servers, rollcall, n);
  const folder = join(servers.folder, 'rows');
  mkdirSync(folder);

  const measured = [];
  const last = Math.max(...wanted.map((name) => PHASES.indexOf(name)));
  const upToLast = (pulls) => Object.entries(pulls).filter(([name]) => PHASES.indexOf(name) <= last);
  const pull = async (name, state, prefix, sync) => {
    const rows = join(folder, state);
    await writeFloorRows(rows, n, state, prefix);
    const floorMs = await measureFloor(floor, name, rows);
    rmSync(rows);
    await floor.query('vacuum analyze');
    await floor.query('checkpoint');
    const { ms, rssMiB } = await sync(state);
    await rollcall.query('vacuum analyze');
    await rollcall.query('checkpoint');
    if (!wanted.includes(name)) return;
    measured.push({ name, ms: Math.round(ms), floorMs: Math.round(floorMs), ratio: rounded(ms / floorMs), rssMiB });
    tell(`${name} of ${n}: ${(ms / 1000).toFixed(1)} s, ${rounded(ms / floorMs)} times its floor`);
  };
  for (const [name, state] of upToLast(PULLS)) await pull(name, state, '', product.sync);
  if (wanted.includes(TARGET)) {
    const floorMs = await measureFloor(floor, TARGET);
    const { ms, rssMiB } = await product.fillTarget();
    await rollcall.query('vacuum analyze');
    measured.push({
      name: TARGET,
      ms: Math.round(ms),
      floorMs: Math.round(floorMs),
      ratio: rounded(ms / floorMs),
      rssMiB,
    });
    tell(`${TARGET} with ${n}: ${(ms / 1000).toFixed(1)} s, ${rounded(ms / floorMs)} times its floor`);
  }
  for (const [name, measurePushes] of Object.entries(PUSHES)) {
    if (!wanted.includes(name)) continue;
    const { floorMs, p50Ms, p99Ms, rssMiB } = await measurePushes(product);
    measured.push({
      name,
      ms: rounded(p50Ms),
      floorMs: rounded(floorMs),
      ratio: rounded(p99Ms / floorMs),
      rssMiB,
      p50Ms: rounded(p50Ms),
      p99Ms: rounded(p99Ms),
    });
    tell(
      `${name} with ${n}: p50 ${rounded(p50Ms)} ms, p99 ${rounded(p99Ms)} ms, ${rounded(p99Ms / floorMs)} times its floor`,
    );
  }
  for (const [name, state] of upToLast(PARTNER_PULLS)) await pull(name, state, PARTNER, product.syncPartner);
  return measured;
}

function rounded(value) {
  return Math.round(value * 100) / 100;
}
