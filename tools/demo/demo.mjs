// npm run demo: Rollcall beside a made-up company in a fake WeCom, in which something changes every few seconds.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Refusal, build, checkNode, install, main, progress } from '../bootstrap.mjs';
import { inWords, seconds } from './words.mjs';

const OPTIONS = {
  people: { type: 'string', default: '300' },
  departments: { type: 'string', default: '30' },
  every: { type: 'string', default: '5' },
  minutes: { type: 'string', default: '30' },
  help: { type: 'boolean' },
};

const HELP = `npm run demo [-- options]

Starts Rollcall on a Postgres and a Redis of its own, and a fake of WeCom with a made-up company; adds the company as a
source, reads it, and then changes something there every few seconds, so that events can be watched as they arrive. Open the
address that it prints. Everything happens on this machine, and all of it is gone when it ends.

  --people 300       in the company
  --departments 30
  --every 5          seconds between two changes
  --minutes 30       it ends by itself after that; Ctrl-C ends it sooner
  --help

PORT (3000) is where Rollcall listens.
`;

/** What WeCom announces, and what it does not; in the words of whoever watches. */
const CHANGES = {
  move: 'moves to another department',
  rename: 'is called otherwise (WeCom does not announce that: the next full read tells)',
  add: 'joins',
  delete: 'leaves',
  disable: 'is disabled (not announced, either)',
  enable: 'is enabled again (not announced, either)',
  userid: 'has another userid',
  moveDepartment: 'is a department that moves in the tree',
  addDepartment: 'is a new department',
};

/** So many changes after which everything is read, as a schedule would do it. */
const FULL_READ_AFTER = 12;

await main(async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(HELP);
  const [people, departments, every, minutes] = ['people', 'departments', 'every', 'minutes'].map((name) => {
    const number = Number(values[name]);
    if (Number.isFinite(number) && number > 0) return number;
    throw new Refusal(`--${name} must be a number above 0.`);
  });
  checkNode();
  await install();
  await build();
  // Only now: it needs the dependencies.
  const { openStage, PASSWORD } = await import('./stage.mjs');
  const port = process.env.PORT ?? '3000';
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => ending.abort());
  progress('Starting Rollcall and a company …');
  const stage = await openStage({
    fake: { people, departments },
    env: { PORT: port, ROLLCALL_PUBLIC_URL: `http://127.0.0.1:${port}` },
  });
  try {
    const source = await stage.addSource(
      'wecom',
      {},
      { displayName: '企业微信', schedule: { cron: '*/30 * * * *', timeZone: 'Asia/Shanghai' } },
    );
    const first = await stage.sync(source);
    await stage.announce(source);
    progress(`Task ${first.id} read the company: ${inWords(first.counts)}.`);
    console.log(`
  Open      ${stage.service.url}
  Admin     admin
  Password  ${PASSWORD}
  Company   ${stage.fake.url}/admin

  Ctrl-C stops it.
`);
    await live(stage, source, { every, until: Date.now() + minutes * 60_000, signal: ending.signal });
  } finally {
    progress('Stopping …');
    await stage.stop();
  }
});

/** Changes something, and tells what came of it, until it is time. */
async function live(stage, source, { every, until, signal }) {
  for (let n = 1; Date.now() < until && !signal.aborted; n++) {
    const began = Date.now();
    if (n % FULL_READ_AFTER === 0) {
      const task = await stage.sync(source);
      progress(`Everything is read: task ${task.id}, ${inWords(task.counts)}.`);
    } else {
      const before = await newest(stage, source);
      const [change] = stage.fake.changeAtRandom(1);
      const announced = stage.fake.callbacks.deliveries().length;
      const task = announced > 0 ? await next(stage, source, before, signal) : undefined;
      stage.fake.callbacks.forgetDeliveries();
      const what = `${change.id} ${CHANGES[change.kind]}`;
      progress(task ? `${what}: task ${task.id}, ${inWords(task.counts)}, after ${seconds(began)} s.` : `${what}.`);
    }
    await sleep(Math.max(0, every * 1000 - (Date.now() - began)), undefined, { signal }).catch(ended);
  }
}

async function newest({ api }, { id }) {
  return (await api('GET', `/api/tasks?sourceId=${id}&pageSize=1`)).items[0].id;
}

/** The task that an event leads to; undefined when there was none within ten seconds. */
async function next(stage, source, before, signal) {
  for (const until = Date.now() + 10_000; Date.now() < until && !signal.aborted;) {
    const id = await newest(stage, source);
    if (id > before) return stage.untilOver(id);
    await sleep(50);
  }
  return undefined;
}

function ended(error) {
  if (error.name !== 'AbortError') throw error;
}
