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
const t = ((key: string, values: { values?: string; count?: number } = {}) =>
  [key, values.values ?? values.count].filter((part) => part !== undefined).join(': ')) as TFunction;

test.each([
  ['/options/field', 'not', 'form.errorNot: uid, status'],
  ['/options/fields/raw', 'not', 'form.errorNot: raw'],
  ['/options/header', 'not', 'form.errorPattern'],
  ['/options/size', 'enum', 'form.errorEnum: s, m'],
  // There is no text above these to compare them with.
  ['/options/code', 'pattern', 'form.errorForm'],
  ['/options/from', 'format', 'form.errorForm'],
  ['/options/odd', 'not', 'form.errorForm'],
  ['/options/code', 'uniqueItems', 'form.errorTwice'],
  ['/options', 'oneOf', 'form.errorAlternatives'],
  // Rules that these pages have no words for.
  ['/options/code', 'contains', 'In English.'],
])('what the service says of %s (%s) is said in the words of the pages', (pointer, code, message) => {
  expect(fieldErrors(t, SCHEMA, [{ pointer, code, message: 'In English.' }])).toEqual([
    { pointer: pointer.slice('/options'.length), code, message },
  ]);
});

test.each([
  ['minLength', 'must NOT have fewer than 8 characters', 'form.errorMinLength: 8'],
  ['minLength', 'must not be empty', 'form.errorRequired'],
  ['multipleOf', 'must be multiple of 0.5', 'form.errorMultiple: 0.5'],
  ['minimum', 'must be >= -1', 'form.errorAtLeast: -1'],
  ['maxItems', 'must NOT have more than 3 items', 'form.errorMaxItems: 3'],
  ['type', 'must be integer', 'form.errorInteger'],
  ['type', 'must be number', 'form.errorNumber'],
])('%s, as in "%s", keeps its number, also where alternatives hide the rule', (code, said, message) => {
  const errors = [{ pointer: '/options/hidden', code, message: said }];
  expect(fieldErrors(t, SCHEMA, errors)).toEqual([{ pointer: '/hidden', code, message }]);
});
