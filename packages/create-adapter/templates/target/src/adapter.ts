import { readFileSync } from 'node:fs';
import { defineTarget } from '@rollcall/core';
import { applyRows } from './apply-rows.js';
import { check } from './check.js';
import { configSchema, type Options } from './config.js';
import { DESCRIPTION, TEXTS } from './texts.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export const adapter = defineTarget<Options>({
  // Part of every target that is made with it: never change it.
  id: 'acme-crm',
  title: 'Acme CRM',
  description: DESCRIPTION,
  texts: TEXTS,
  version,
  configSchema,
  // What it wants to know: a change of another field is not told. `department` may stand beside `user`.
  dataTypes: { user: { fields: { only: ['nickname', 'email', 'isDisabled'] }, canDisable: true } },
  // Whom Rollcall itself refuses is not written here.
  after: ['users'],
  check,
  applyRows,
});
