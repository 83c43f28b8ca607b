import { parseArgs } from 'node:util';
import { type Answers, PROBLEM_OF, withApostrophes } from './answers';
import { Refusal } from './refusal';

export const USAGE = `Makes a package with a Rollcall adapter.

  npx @rollcall/create-adapter <folder> --kind source|target --name "Acme HR" [--id acme-hr] [--author "Acme Ltd"]

  <folder>   where to make it: empty, or not there yet
  --kind     source: it says who exists; target: it is told of changes
  --name     what admins read
  --id       names the adapter for ever; by default made from the name
  --author   who holds the rights
  --help     this text

At a terminal it asks for what is missing.`;

/** The answers that the command line gives, each of them checked. Throws a `Refusal` for one that cannot be. */
export function readCommandLine(args: string[]): Partial<Answers> | 'help' {
  const { values, positionals } = parsed(args);
  if (values.help) return 'help';
  if (positionals.length > 1) {
    throw new Refusal(
      `One folder, please: "${positionals.join('", "')}" are ${positionals.length}. Put a name with spaces in quotes.`,
    );
  }
  const given: Partial<Record<keyof typeof PROBLEM_OF, string>> = {};
  for (const name of ['kind', 'id', 'name', 'author'] as const) {
    const value = values[name];
    if (value === undefined) continue;
    const text = withApostrophes(value);
    const problem = PROBLEM_OF[name](text);
    if (problem !== undefined) throw new Refusal(`--${name} ${value}: ${problem}`);
    given[name] = text;
  }
  const [folder] = positionals;
  return { ...(given as Partial<Answers>), ...(folder !== undefined && { folder }) };
}

function parsed(args: string[]) {
  try {
    const text = { type: 'string' } as const;
    const options = { kind: text, id: text, name: text, author: text, help: { type: 'boolean', short: 'h' } } as const;
    return parseArgs({ args, options, allowPositionals: true });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal(`${message}\n\n${USAGE}`, { cause });
  }
}
