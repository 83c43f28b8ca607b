#!/usr/bin/env node
import { relative } from 'node:path';
import { askForRest, packageName, restWithoutAsking } from './ask';
import { readCommandLine, USAGE } from './command-line';
import { generate } from './generate';
import { Refusal } from './refusal';

async function main(): Promise<void> {
  const given = readCommandLine(process.argv.slice(2));
  if (given === 'help') {
    console.log(USAGE);
    return;
  }
  const answers = process.stdin.isTTY && process.stdout.isTTY ? await askForRest(given) : restWithoutAsking(given);
  const files = generate(answers);
  const folder = relative(process.cwd(), answers.folder) || '.';
  console.log(`
${packageName(answers.kind, answers.id)} is made: ${files.length} files in ${folder}.

  cd ${folder}
  npm install
  npm test        # builds it and runs the conformance kit against the made-up server in src/testing
  npm run lint
  npm run dev     # a Rollcall with the adapter in it, which follows your changes

DEVELOPING.md says what to change first; README.md is what admins read beside the form.
`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
});
