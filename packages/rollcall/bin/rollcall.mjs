#!/usr/bin/env node
import { runCommand } from '../src/commands.mjs';
import { checkNode, main } from '../src/terminal.mjs';

await main(async () => {
  checkNode();
  await runCommand(process.argv.slice(2));
});
