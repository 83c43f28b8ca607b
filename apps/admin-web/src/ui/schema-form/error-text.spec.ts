import type { TFunction } from 'i18next';
import { fieldErrors } from './error-text';

const SCHEMA = {
  type: 'object',
  properties: {
    from: { type: 'string', format: 'date-time' },
    code: { type: 'string', pattern: '^[a-z]+$' },
    size: { type: 'string', enum: ['s', 'm'] },
    field: { type: 'string', not: { enum: ['uid', 'status'] } },
    odd: { type: 'string', not: { const: 'x' } },
    header: { type: 'string', not: { pattern: '^cookie$' }, description: 'No cookies.' },
    fields: {
      type: 'object',
      propertyNames: { not: { enum: ['raw'] } },
      additionalProperties: { type: 'string' },
    },
  },
};

/** Key and values of the text, instead of the text. */
const t = ((key: string, values: { values?: string } = {}) =>
  values.values === undefined ? key : `${key}: ${values.values}`) as TFunction;

test.each([
  ['/options/field', 'not', 'form.errorNot: uid, status'],
  ['/options/fields/raw', 'not', 'form.errorNot: raw'],
  ['/options/header', 'not', 'form.errorPattern'],
  ['/options/size', 'enum', 'form.errorEnum: s, m'],
  ['/options/code', 'pattern', 'form.errorPattern'],
  ['/options/from', 'format', 'form.errorPattern'],
  // Rules that these pages have no words for.
  ['/options/odd', 'not', 'In English.'],
  ['/options/code', 'uniqueItems', 'In English.'],
])('what the service says of %s (%s) is said in the words of the pages', (pointer, code, message) => {
  expect(fieldErrors(t, SCHEMA, [{ pointer, code, message: 'In English.' }])).toEqual([
    { pointer: pointer.slice('/options'.length), code, message },
  ]);
});
