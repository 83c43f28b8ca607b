import { readFileSync } from 'node:fs';
import { Interruption, Refusal } from '../terminal.mjs';

export const pull = {
  usage: 'rollcall pull [<folder>]',
  summary: 'pulls once by the source of a package, without a server or a database, and prints the records',
  help: `
  --options file.json   what an admin would enter in the form, secrets in clear
  --type id             which of its sources, when the package has several
  --limit n             ends after n records
  --mode incremental    only what changed since --cursor, which the pull before printed

Records go to standard output, one line of JSON each, as Rollcall would store them. What is refused, what the adapter logs, counts
and what was complete go to standard error. Secrets of the options are masked. It ends with 1 when the pull failed.`,
  options: {
    options: { type: 'string' },
    type: { type: 'string' },
    limit: { type: 'string' },
    mode: { type: 'string', default: 'full' },
    cursor: { type: 'string' },
  },
  async run({ options, type, limit, mode, cursor }, [folder = '.', ...more]) {
    if (more.length > 0) throw new Refusal(`One package at a time: "${folder}" or "${more[0]}".`);
    const most = limitOf(limit);
    checkMode(mode, cursor);
    const given = readOptions(options);
    const { findSource, pullOnce } = await import('@rollcall/sync-api/pull-once');
    const source = await findSource(folder, type);
    if (mode === 'incremental' && source.incremental !== true) {
      throw new Refusal(
        `"${source.id}" does not say "incremental": Rollcall always reads everything of it. Leave --mode and --cursor out.`,
      );
    }
    const question = { options: given, mode, signal: stopSignal(), log: (line) => console.error(line) };
    await print(pullOnce(source, { ...question, ...(cursor !== undefined && { since: cursor }) }), most);
  },
};

async function print(pulling, most) {
  const began = Date.now();
  const counts = { user: 0, department: 0, failure: 0, warning: 0 };
  const summary = () => {
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    return `users: ${counts.user}, departments: ${counts.department}, refused: ${counts.failure}, warnings: ${counts.warning}; ${seconds} s`;
  };
  const silence = tellSilence();
  try {
    for (;;) {
      const { done, value } = await pulling.next();
      silence.refresh();
      if (done) return console.error([summary(), ...whole(value)].join('\n'));
      if (value.record !== undefined) {
        counts[value.dataType]++;
        console.log(value.record);
      } else {
        counts[value.failure === undefined ? 'warning' : 'failure']++;
        console.error(value.failure === undefined ? `warning: ${value.warning}` : `refused: ${value.failure}`);
      }
      if (counts.user + counts.department === most) {
        await pulling.return();
        return console.error(`${summary()}\nEnded by --limit: what is complete is known at the end only.`);
      }
    }
  } catch (error) {
    console.error(summary());
    throw error.name === 'RollcallError' ? new Refusal(told(error), { cause: error }) : error;
  } finally {
    clearInterval(silence);
  }
}

/** Says again and again that nothing comes. It keeps the process from nothing: that an adapter waits in vain is seen elsewhere. */
function tellSilence() {
  const seconds = 60;
  const words = `The adapter has brought nothing for ${seconds} s. A Rollcall would go on waiting; Ctrl-C ends it here.`;
  return setInterval(() => console.error(words), seconds * 1000).unref();
}

/** What a pull says at its end. */
function whole({ complete, nextCursor }) {
  const said = Object.entries(complete).map(
    ([dataType, value]) => `${dataType}s: ${value === true ? 'complete' : `not complete: ${value.reason}`}`,
  );
  const nothing = 'It does not say of any data type that it was read to its end: nobody can be missing.';
  return [
    ...(said.length > 0 ? said : [nothing]),
    ...(nextCursor === undefined
      ? []
      : [`Only what changes from here on: --mode incremental --cursor '${nextCursor}'`]),
  ];
}

function told({ code, field, message, retryAfter }) {
  const where = field === undefined ? '' : `, option "${field}"`;
  const later = retryAfter === undefined ? '' : ` Rollcall would try again in ${retryAfter} s.`;
  return `The pull failed (${code}${where}): ${message}${later}`;
}

function limitOf(limit) {
  if (limit === undefined) return undefined;
  if (/^[1-9]\d*$/.test(limit)) return Number(limit);
  throw new Refusal(`--limit ${limit} is not a whole number from 1.`);
}

function checkMode(mode, cursor) {
  if (!['full', 'incremental'].includes(mode)) throw new Refusal(`--mode ${mode} is neither full nor incremental.`);
  if (mode === 'incremental' && cursor === undefined) {
    throw new Refusal('--mode incremental needs --cursor: a pull in full prints one at its end.');
  }
  if (mode === 'full' && cursor !== undefined) throw new Refusal('--cursor needs --mode incremental.');
}

/** Never quotes the file: it holds secrets. */
function readOptions(file) {
  if (file === undefined) return {};
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Refusal(`--options ${file} cannot be read (${cause.code}).`, { cause });
  }
  const options = parsed(text);
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) return options;
  throw new Refusal(`--options ${file} does not hold a JSON object, like {"url": "https://…"}.`);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // said by who asks, without a word of the text
  }
}

/**
 * Aborted by Ctrl-C, when whoever read the records has gone, and when the adapter waits while nothing is under way that could
 * ever wake it. A second Ctrl-C ends the process at once.
 */
function stopSignal() {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort(new Interruption(signal)));
  process.stdout.once('error', () => stop.abort(new Interruption('SIGTERM')));
  process.once('beforeExit', () => stop.abort(new Refusal(told({ code: 'read_interrupted', message: IN_VAIN }))));
  return stop.signal;
}

const IN_VAIN =
  'the adapter waits for something that can never come, as no request, timer or file is open. A task would hang like this ' +
  'until somebody cancels it: look for a promise that is never settled.';
