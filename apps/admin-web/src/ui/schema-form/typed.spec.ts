import { typed } from './typed';

test('the type that follows from what a schema says is put in, at any depth', () => {
  expect(
    typed({
      properties: {
        colour: { oneOf: [{ const: 'red', title: 'Red' }, { const: 'green' }] },
        sizes: { type: 'array', items: { enum: [1, 2] } },
        mixed: { enum: ['a', 1] },
        plain: { type: 'string', description: 'stays' },
        way: { oneOf: [{ properties: { key: {} } }, { type: 'object' }] },
      },
      then: { properties: { more: { enum: [true] } } },
    }),
  ).toEqual({
    type: 'object',
    properties: {
      colour: { type: 'string', oneOf: [{ const: 'red', title: 'Red' }, { const: 'green' }] },
      sizes: { type: 'array', uniqueItems: true, items: { type: 'number', enum: [1, 2] } },
      mixed: { enum: ['a', 1] },
      plain: { type: 'string', description: 'stays' },
      way: { type: 'object', oneOf: [{ type: 'object', properties: { key: {} } }, { type: 'object' }] },
    },
    then: { type: 'object', properties: { more: { type: 'boolean', enum: [true] } } },
  });
});

test('what has a default is not asked for', () => {
  const properties = { url: { type: 'string' }, size: { type: 'integer', default: 5 } };
  expect(typed({ required: ['url', 'size'], properties })['required']).toEqual(['url']);
});

test('fixed values beside others are not taken for the only ones', () => {
  const text = { type: 'string', pattern: '^x-' };
  expect(typed({ oneOf: [{ title: 'All', type: 'string', const: 'all' }, text] })['oneOf']).toEqual([
    { title: 'All', type: 'string', allOf: [{ type: 'string', const: 'all' }] },
    text,
  ]);
});
