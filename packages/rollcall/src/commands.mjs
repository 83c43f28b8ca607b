// The commands of `rollcall`: each is a file with the same members, and this table is all that knows them.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { adapters } from './commands/adapters.mjs';
import { add } from './commands/add.mjs';
import { adminReset } from './commands/admin-reset.mjs';
import { dev } from './commands/dev.mjs';
import { pull } from './commands/pull.mjs';
import { remove } from './commands/remove.mjs';
import { start } from './commands/start.mjs';
import { Refusal } from './terminal.mjs';

/**
 * In the order of the help. A command has
 * - `usage`: how it is typed, and `summary`: what it does, half a sentence for the list of commands,
 * - `help`: more, when there is more to say,
 * - `options`: as `parseArgs` of node:util takes them; `--help` is every command's,
 * - `run(values, positionals)`: does it. What its reader can solve is thrown as a `Refusal`.
 * One whose usage names nothing in <angle brackets> takes options only.
 */
const COMMANDS = { start, add, remove, adapters, 'admin-reset': adminReset, dev, pull };

const HELP = { help: { type: 'boolean', short: 'h' } };

/** Runs what was typed after `rollcall`; nothing at all means `start`. */
export async function runCommand(words) {
  const [first = 'start', ...rest] = words;
  if (['--help', '-h', 'help'].includes(first)) return console.log(overview());
  if (['--version', '-v'].includes(first)) return console.log(version());
  if (!Object.hasOwn(COMMANDS, first)) {
    throw new Refusal(`There is no command "${first}". "npx rollcall --help" shows all that there are.`);
  }
  const command = COMMANDS[first];
  const { values, positionals } = parsed(command, rest);
  if (values.help) return console.log(helpOf(command));
  await command.run(values, positionals);
}

function parsed({ usage, options }, args) {
  try {
    return parseArgs({ args, options: { ...options, ...HELP }, allowPositionals: usage.includes('<') });
  } catch (error) {
    if (!String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
    throw new Refusal(`${error.message}\n\nUsage: ${usage}`);
  }
}

function helpOf({ usage, summary, help }) {
  return `${usage}\n\n${summary[0].toUpperCase()}${summary.slice(1)}.${help ? `\n\n${help.trim()}` : ''}\n`;
}

function overview() {
  const commands = Object.values(COMMANDS);
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  return [
    'Rollcall keeps people and departments in step with the systems that own them.',
    '',
    ...commands.map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`),
    '',
    `  ${'rollcall <command> --help'.padEnd(width)}  says more of one`,
    `  ${'rollcall --version'.padEnd(width)}  says which Rollcall this is`,
    '',
    'Data, logs and adapters are in ROLLCALL_HOME (.rollcall in this folder). It is set up by environment variables:',
    'see docs/operating/environment.md of the documentation.',
    '',
  ].join('\n');
}

function version() {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
