import type { TFunction } from 'i18next';
import { fieldErrors } from './error-text';

const SCHEMA = {
  type: 'object',
  properties: {
    from: { type: 'string', format: 'date-time' },
    code: { type: 'string', pattern: '^[a-z]+$' },
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
  // There is no text above these to compare them with.
  ['/options/code', 'pattern', 'form.errorForm'],
  ['/options/from', 'format', 'form.errorForm'],
  ['/options/odd', 'not', 'form.errorForm'],
  ['/options/code', 'uniqueItems', 'form.errorTwice'],
  ['/options', 'oneOf', 'form.errorAlternatives'],
  // Rules that these pages have no words for.
  ['/options/code', 'contains', 'In English.'],
  // A number that is not said.
  ['/options/code', 'minLength', 'In English.'],
])('what the service says of %s (%s) is said in the words of the pages', (pointer, code, message) => {
  expect(fieldErrors(t, SCHEMA, [{ pointer, code, message: 'In English.' }])).toEqual([
    { pointer: pointer.slice('/options'.length), code, message },
  ]);
});

test.each([
  ['minLength', { limit: 8 }, 'form.errorMinLength: 8'],
  ['minLength', { limit: 1 }, 'form.errorRequired'],
  ['multipleOf', { multipleOf: 0.5 }, 'form.errorMultiple: 0.5'],
  ['minimum', { limit: -1 }, 'form.errorAtLeast: -1'],
  ['maxItems', { limit: 3 }, 'form.errorMaxItems: 3'],
  ['exclusiveMinimum', { limit: 0 }, 'form.errorAbove: 0'],
  ['type', { type: 'integer' }, 'form.errorInteger'],
  ['type', { type: 'number' }, 'form.errorNumber'],
  ['type', { type: ['integer', 'null'] }, 'form.errorForm'],
  ['enum', { allowedValues: ['s', 'm'] }, 'form.errorEnum: s, m'],
])('%s with %j needs no look at the rule, which alternatives may hide', (code, params, message) => {
  const errors = [{ pointer: '/options/hidden', code, message: 'In English.', params }];
  expect(fieldErrors(t, SCHEMA, errors)).toEqual([{ pointer: '/hidden', code, message }]);
});

test('of a field that breaks a pattern and something that says more, only that is told', () => {
  const errors = ['pattern', 'format'].map((code) => ({ pointer: '/options/from', code, message: 'In English.' }));
  expect(fieldErrors(t, SCHEMA, errors)).toEqual([{ pointer: '/from', code: 'format', message: 'form.errorForm' }]);
});
