import { placeErrors } from './place-errors';
import { applies } from './schema';

const SCHEMA = {
  type: 'object',
  properties: {
    url: { type: 'string' },
    kind: { type: 'string', enum: ['none', 'basic'], default: 'none' },
    password: { type: 'string', 'x-when': { kind: ['basic'] } },
    ids: { type: 'array', items: { type: 'integer' } },
    pairs: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
    more: { type: 'object', properties: {}, additionalProperties: { type: 'string' } },
    proxy: { type: 'object', properties: { port: { type: 'integer' } } },
  },
};

const place = (pointer: string, value = {}) => placeErrors(SCHEMA, value, [{ pointer, message: 'is wrong' }]);

test.each([
  ['/url', { url: { __errors: ['is wrong'] } }],
  ['', { __errors: ['is wrong'] }],
  ['/nothing', { __errors: ['nothing: is wrong'] }],
  ['/a~1b', { __errors: ['a/b: is wrong'] }],
  ['/pairs/1/name', { pairs: { __errors: ['2 → name: is wrong'] } }],
  // Instead of its fields there is a button that shows them.
  ['/proxy/port', { proxy: { __errors: ['port: is wrong'] } }],
  // Typed one a line, so that there is one field for all of them.
  ['/ids/2', { ids: { __errors: ['3: is wrong'] } }],
  ['/more/mine', { more: { __errors: ['mine: is wrong'] } }],
])('an error at "%s" shows where there is a field', (pointer, tree) => {
  expect(place(pointer)).toEqual(tree);
});

test.each([
  ['/pairs/1/name', { pairs: [{}, { name: 'a' }] }, { pairs: { 1: { name: { __errors: ['is wrong'] } } } }],
  ['/pairs/1/other', { pairs: [{}, { name: 'a' }] }, { pairs: { 1: { __errors: ['other: is wrong'] } } }],
  ['/proxy/port', { proxy: { port: 0 } }, { proxy: { port: { __errors: ['is wrong'] } } }],
])('an error at "%s" shows at the field that was filled in', (pointer, value, tree) => {
  expect(place(pointer, value)).toEqual(tree);
});

test('an error of a member that was added by name shows at it', () => {
  expect(place('/more/mine', { more: { mine: '' } })).toEqual({ more: { mine: { __errors: ['is wrong'] } } });
});

test('an error of an option that is hidden now is still told', () => {
  expect(place('/password')).toEqual({ __errors: ['password: is wrong'] });
  expect(place('/password', { kind: 'basic' })).toEqual({ password: { __errors: ['is wrong'] } });
});

test('an option applies by what is chosen beside it, and by the default where nothing is', () => {
  const property = { 'x-when': { kind: ['none', 'header'] } };
  expect(applies(property, SCHEMA.properties, {})).toBe(true);
  expect(applies(property, SCHEMA.properties, { kind: 'header' })).toBe(true);
  expect(applies(property, SCHEMA.properties, { kind: 'basic' })).toBe(false);
  expect(applies({ type: 'string' }, SCHEMA.properties, {})).toBe(true);
});
