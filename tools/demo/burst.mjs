// npm run burst: a large made-up company in which thousands of things happen at once; is everybody right at the end?
import { parseArgs } from 'node:util';
import { Refusal, build, checkNode, install, main, progress } from '../bootstrap.mjs';
import { inWords, seconds } from './words.mjs';

const OPTIONS = {
  people: { type: 'string', default: '30000' },
  departments: { type: 'string', default: '2000' },
  changes: { type: 'string', default: '6000' },
  duplicate: { type: 'string', default: '0.3' },
  'per-second': { type: 'string', default: '400' },
  rate: { type: 'string', default: '10000' },
  seed: { type: 'string', default: '1' },
  help: { type: 'boolean' },
};

const HELP = `npm run burst [-- options]

Starts Rollcall on a Postgres and a Redis of its own, and a fake of WeCom with a made-up company; reads it twice and tells
what that costs, lets thousands of things happen there, and sends all callbacks at once, a share of them twice, in a random order: moves, joiners, leavers,
new userids (also of people who were renamed a moment ago), departments. Then everybody is compared with the company, before
and after a full read; it ends with an error when anybody differs, is there twice, or is not the person that they were.
WeCom tells times in whole seconds: who is another person only because what was told within one second has another meaning,
too, is counted and shown, once that meaning was found.
Everything happens on this machine, and all of it is gone when it ends.

  --people 30000       in the company
  --departments 2000
  --changes 6000       make about 9,000 callbacks, and 12,000 with those that come twice
  --duplicate 0.3      share of callbacks that come twice
  --per-second 400     callbacks that are sent
  --rate 10000         calls that Rollcall makes of WeCom in a minute, at most; as a source it makes 1,000
  --seed 1             another one makes another company, in which other things happen
  --help
`;

const KINDS = ['move', 'add', 'delete', 'userid', 'moveDepartment', 'addDepartment'];
const PARALLEL = 8;
/** Of differences, so many are shown. */
const SHOWN = 10;

await main(async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(HELP);
  const [people, departments, changes, duplicate, perSecond, rate, seed] = Object.keys(OPTIONS)
    .slice(0, 7)
    .map((name) => {
      const number = Number(values[name]);
      if (name === 'duplicate' && number >= 0 && number <= 1) return number;
      if (name !== 'duplicate' && Number.isFinite(number) && number > 0) return number;
      throw new Refusal(`--${name} must be ${name === 'duplicate' ? 'from 0 to 1' : 'a number above 0'}.`);
    });
  checkNode();
  await install();
  await build();
  // Only now: it needs the dependencies.
  const { openStage } = await import('./stage.mjs');
  const { stopOnSignal } = await import('../service-process.mjs');
  stopOnSignal();
  progress('Starting Rollcall and a company …');
  const stage = await openStage({ fake: { people, departments, seed } });
  try {
    await burst(stage, { changes, duplicate, perSecond, rate });
  } finally {
    progress('Stopping …');
    await stage.stop();
  }
});

async function burst(stage, { changes, duplicate, perSecond, rate }) {
  const { fake } = stage;
  const anything = { count: 1_000_000, percent: 100 };
  const limits = { deletes: anything, disables: anything, memberships: anything, cleared: anything };
  const source = await stage.addSource('wecom', { ratePerMinute: rate }, { policies: { limits } });
  progress(`The first read: ${await read(stage, source)}.`);
  progress(`The same again: ${await read(stage, source)}.`);
  const before = { users: await usersByUid(stage, source), persons: persons(fake), members: fake.truth().members };

  await stage.announce(source);
  const pauseMs = (PARALLEL * 1_000) / perSecond;
  fake.configure({ callbacks: { hold: true, parallel: PARALLEL, pauseMs } });
  const made = fake.changeAtRandom(changes, KINDS).length;
  const began = Date.now();
  const sent = fake.callbacks.release({ shuffle: true, duplicate });
  fake.configure({ callbacks: { hold: false } });
  progress(`${made} changes, ${sent} callbacks …`);
  await fake.callbacks.idle();
  progress(`All were sent after ${seconds(began)} s.`);
  await stage.untilQuiet(source);
  const deliveries = fake.callbacks.deliveries();
  const failed = deliveries.filter(({ state }) => state !== 'delivered').length;
  const { statuses, unsuccessful } = await statusesOf(stage, source);
  progress(`All were followed after ${seconds(began)} s, by tasks that ended ${JSON.stringify(statuses)}.`);

  const findings = [];
  if (failed > 0) findings.push(`${failed} callbacks got no answer in time`);
  findings.push(...unsuccessful);
  findings.push(...(await differencesOf(stage, source, 'after the events', true)));
  const { wrong, ambiguous } = await wrongPersons(stage, source, before, deliveries);
  findings.push(...wrong);
  expectSucceeded(await stage.sync(source));
  findings.push(...(await differencesOf(stage, source, 'after the full read', false)));
  for (const finding of findings.slice(0, SHOWN)) console.error(`  ${finding}`);
  if (findings.length > 0) throw new Refusal(`${findings.length} things are wrong.`);
  if (ambiguous.length === 0) return progress('Everybody is who and where they should be.');
  for (const line of ambiguous.slice(0, SHOWN)) console.log(`  ${line}`);
  progress(
    `Everybody is where they should be; of ${ambiguous.length} people what was told does not say who they were.`,
  );
}

/** Reads everything; says what came of it and what it cost. */
async function read(stage, source) {
  const { fake, service } = stage;
  fake.counters.reset();
  service.resetPeak();
  const began = Date.now();
  const task = await stage.sync(source);
  expectSucceeded(task);
  const { total, busiestMinute } = fake.counters.read();
  const calls = `${total} calls of WeCom (${busiestMinute} in the busiest minute)`;
  return `${inWords(task.counts)}; ${calls}, ${seconds(began)} s, at most ${service.peakMiB()} MiB of memory`;
}

async function differencesOf({ api, fake }, source, when, announcedOnly) {
  const { actualDirectory, announced, differences, expectedDirectory } = await import('./compare.mjs');
  const lists = [await actualDirectory(api, source), expectedDirectory(fake.truth())];
  return differences(...(announcedOnly ? lists.map(announced) : lists)).map((line) => `${when}: ${line}`);
}

/** Phone numbers tell who is who: the app may not see them, and nobody changes them. */
function persons(fake) {
  const members = fake.truth().members.filter(({ mobile }) => mobile);
  return new Map(members.map(({ mobile, userid }) => [mobile, userid.toLowerCase()]));
}

/** Who has the history of another one, or none; `ambiguous`: as what was told of them can mean, too. */
async function wrongPersons(stage, source, before, deliveries) {
  const { mayHave, placesOf, storyOf, toldOf } = await import('./readings.mjs');
  const now = { users: await usersByUid(stage, source), persons: persons(stage.fake) };
  const story = {
    told: toldOf(deliveries),
    before: placesOf(before.members),
    after: placesOf(stage.fake.truth().members),
  };
  const uidOf = (users) => new Map([...users].map(([uid, id]) => [id, uid]));
  const [uidBefore, uidNow] = [uidOf(before.users), uidOf(now.users)];
  const found = { wrong: [], ambiguous: [] };
  for (const [mobile, uid] of before.persons) {
    const [id, should] = [before.users.get(uid), now.persons.get(mobile)];
    const is = uidNow.get(id);
    if (id === undefined || is === should) continue;
    // Of who left, the one who has their history now.
    const at = should ?? is;
    const idNow = now.users.get(at);
    const isAmbiguous = idNow !== undefined && mayHave(at, uidBefore.get(idNow), story);
    const line = `${uid} was user ${id}, ${should === undefined ? 'left' : `is ${should}`}; ${at} is user ${idNow ?? 'nobody'}`;
    (isAmbiguous ? found.ambiguous : found.wrong).push(`${line}: ${storyOf(at, story.told).join(', ')}`);
  }
  return found;
}

async function usersByUid({ api }, source) {
  const users = new Map();
  for (let page = 1; ; page++) {
    const { items } = await api('GET', `/api/users?page=${page}&pageSize=200&sort=id`);
    for (const { id, links } of items) {
      for (const link of links) if (link.source === source.name) users.set(link.uid, id);
    }
    if (items.length < 200) return users;
  }
}

/** `{ succeeded: 12 }`, of tasks that events made, and what the others say. */
async function statusesOf({ api }, { id }) {
  const [statuses, unsuccessful] = [{}, []];
  for (let page = 1; ; page++) {
    const { items } = await api('GET', `/api/tasks?sourceId=${id}&kind=event&page=${page}&pageSize=200`);
    for (const task of items) {
      statuses[task.status] = (statuses[task.status] ?? 0) + 1;
      if (task.status !== 'succeeded') unsuccessful.push(...(await saidOf(api, task)));
    }
    if (items.length < 200) return { statuses, unsuccessful };
  }
}

/** What a task says of itself, and of what failed in it. */
async function saidOf(api, { id, status, message }) {
  const { items } = await api('GET', `/api/tasks/${id}/changes?outcome=failed&pageSize=${SHOWN}`);
  const failed = items.map(({ dataType, uid, error }) => `${dataType} ${uid}: ${error?.message ?? error?.code}`);
  return [`task ${id} ended ${status}: ${message}`, ...failed];
}

function expectSucceeded({ status, message }) {
  if (status !== 'succeeded') throw new Refusal(`The full read ended ${status}: ${message}`);
}
