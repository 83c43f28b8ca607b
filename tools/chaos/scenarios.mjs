import { setTimeout as sleep } from 'node:timers/promises';
import { SLOW_SECONDS, STEPS, isInSlowStep, slowDown } from './slow-steps.mjs';
import { tellRedis } from './theatre.mjs';

/** Longer than the lease of a task (15 s), so that a stopped worker finds it gone. */
const BEYOND_THE_LEASE_MS = 17_500;
/** A pull of nine pages at this pace takes about two seconds. */
const SLOW_PAGE_MS = 200;

const random = (milliseconds) => sleep(Math.random() * milliseconds);

/**
 * What happens to one task in one round. `play(theatre, version)` presses Sync, does its damage at a random moment, and
 * returns the id of the task, which must then end by itself.
 */
export const SCENARIOS = [
  ...STEPS.map((step) => ({ name: `worker killed in ${step}`, play: (...round) => killWorker(step, ...round) })),
  { name: 'worker stopped until its lease is gone, then woken', play: stopWorker },
  { name: 'Redis flushed', play: (...round) => disturb(flushRedis, ...round) },
  { name: 'Redis killed', play: (...round) => disturb((servers) => servers.restartRedis('SIGKILL'), ...round) },
  { name: 'Postgres restarted', play: (...round) => disturb((servers) => servers.restartPostgres('SIGINT'), ...round) },
  { name: 'Postgres killed', play: (...round) => disturb((servers) => servers.restartPostgres('SIGKILL'), ...round) },
  { name: 'two workers race', play: race },
];

async function killWorker(step, theatre, version) {
  const { database } = theatre;
  theatre.play(version, step === 'read' ? SLOW_PAGE_MS : 0);
  await database.use((client) => slowDown(client, step));
  const worker = await theatre.startWorker();
  const task = await theatre.sync();
  if (step === 'read') {
    await theatre.untilRunning(task);
    await random(8 * SLOW_PAGE_MS);
  } else {
    await database.until(isInSlowStep, 60_000, `the worker comes to ${step}`);
    await random(SLOW_SECONDS * 900);
  }
  await worker.kill();
  await database.use((client) => slowDown(client, undefined));
  await theatre.startWorker();
  return task;
}

async function stopWorker(theatre, version) {
  const { database } = theatre;
  theatre.play(version, SLOW_PAGE_MS);
  const step = STEPS[Math.floor(Math.random() * STEPS.length)];
  await database.use((client) => slowDown(client, step));
  const stopped = await theatre.startWorker();
  const task = await theatre.sync();
  await theatre.untilRunning(task);
  await random(9 * SLOW_PAGE_MS + SLOW_SECONDS * 2_000);
  stopped.signal('SIGSTOP');
  await database.use((client) => slowDown(client, undefined));
  await theatre.startWorker();
  await sleep(BEYOND_THE_LEASE_MS);
  stopped.signal('SIGCONT');
  return task;
}

async function disturb(damage, theatre, version) {
  theatre.play(version, SLOW_PAGE_MS);
  await theatre.startWorker();
  const task = await theatre.sync();
  await theatre.untilRunning(task);
  await random(9 * SLOW_PAGE_MS + 1_000);
  await damage(theatre.servers);
  return task;
}

const flushRedis = (servers) => tellRedis(servers.redisUrl, 'FLUSHALL');

/** Two workers, and two tasks of one source at once; the second must find nothing left to do. */
async function race(theatre, version) {
  theatre.play(version, Math.random() * SLOW_PAGE_MS);
  await Promise.all([theatre.startWorker(), theatre.startWorker()]);
  const [first, second] = await Promise.all([theatre.sync(), theatre.sync()]);
  await theatre.untilEnded(Math.min(first, second));
  return Math.max(first, second);
}
