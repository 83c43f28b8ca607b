import { readFileSync } from 'node:fs';
import { defineSource } from '@rollcall/core';
import { check } from './check.js';
import { configSchema, type Options } from './config.js';
import { pull } from './pull.js';
import { DESCRIPTION, TEXTS } from './texts.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export const adapter = defineSource<Options>({
  // Part of every source that is made with it: never change it.
  id: 'acme-hr',
  title: 'Acme HR',
  description: DESCRIPTION,
  texts: TEXTS,
  version,
  configSchema,
  // Take it out when the vendor cannot tell what changed since.
  incremental: true,
  check,
  pull,
});
