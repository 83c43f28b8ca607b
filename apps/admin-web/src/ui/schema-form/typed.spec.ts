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
      sizes: { type: 'array', items: { type: 'number', enum: [1, 2] } },
      mixed: { enum: ['a', 1] },
      plain: { type: 'string', description: 'stays' },
      way: { type: 'object', oneOf: [{ type: 'object', properties: { key: {} } }, { type: 'object' }] },
    },
    then: { type: 'object', properties: { more: { type: 'boolean', enum: [true] } } },
  });
});
