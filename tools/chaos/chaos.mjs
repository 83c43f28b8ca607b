// npm run chaos: workers, Redis and Postgres are killed at random moments of a task. See --help.
import { parseArgs } from 'node:util';
import { build, checkNode, install, main } from '../bootstrap.mjs';

const OPTIONS = {
  rounds: { type: 'string', default: '20' },
  parallel: { type: 'string', default: '3' },
  only: { type: 'string', default: '' },
  help: { type: 'boolean' },
};

const HELP = `npm run chaos [-- options]

Kills workers, Redis and Postgres at random moments of a task, scenario by scenario, and compares the tables with what must
stand there. Every task must end by itself, in the right state. Starts everything that it needs, on loopback.

  --rounds 20     how often each scenario is played
  --parallel 3    how many scenarios at the same time
  --only sync     only scenarios with this in their name
  --help
`;

await main(async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(HELP);
  checkNode();
  await install();
  await build();
  const { SCENARIOS } = await import('./scenarios.mjs');
  const { stopOnSignal } = await import('../service-process.mjs');
  stopOnSignal();
  const waiting = SCENARIOS.filter(({ name }) => name.includes(values.only));
  if (waiting.length === 0) throw new Error(`No scenario is named like "${values.only}".`);
  const failures = [];
  const actor = async () => {
    for (let scenario = waiting.shift(); scenario; scenario = waiting.shift()) {
      failures.push(await isWrong(scenario, Number(values.rounds)));
    }
  };
  await Promise.all(Array.from({ length: Number(values.parallel) }, actor));
  if (failures.includes(true)) process.exitCode = 1;
  else console.log('Every task ended by itself, in the right state.');
});

/** Plays all rounds of a scenario on one stage; the rounds follow each other, so damage that stays shows later, too. */
async function isWrong({ name, play }, rounds) {
  const { openTheatre } = await import('./theatre.mjs');
  const { compare } = await import('./compare.mjs');
  const theatre = await openTheatre();
  const times = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const begun = performance.now();
      const ended = await theatre.untilEnded(await play(theatre, round));
      times.push((performance.now() - begun) / 1_000);
      if (ended.status !== 'succeeded')
        throw new Error(`round ${round}: the task ended ${ended.status}: ${ended.message}`);
      await theatre.database
        .use((client) => compare(client, round))
        .catch((error) => {
          throw new Error(`round ${round}: ${error.message}`);
        });
      await theatre.servers.stopServices('worker');
    }
    const longest = Math.max(...times).toFixed(1);
    console.log(`${name.padEnd(50)} ${rounds} rounds, none wrong; the longest took ${longest} s`);
    return false;
  } catch (error) {
    console.log(`${name.padEnd(50)} WRONG after ${times.length} rounds: ${error.message}`);
    return true;
  } finally {
    await theatre.close();
  }
}
