import { validator } from './validator';

const root = { $defs: { port: { type: 'integer', maximum: 65_535 } } } as const;

test('alternatives are told apart, definitions included', () => {
  const schema = { type: 'object', properties: { port: { $ref: '#/$defs/port' } } } as const;
  expect(validator.isValid(schema, { port: 443 }, root)).toBe(true);
  expect(validator.isValid(schema, { port: 70_000 }, root)).toBe(false);
});

test('a schema that cannot be understood fits nothing', () => {
  expect(validator.isValid({ $ref: '#/$defs/nowhere' }, {}, root)).toBe(false);
});

test('no code is made of a schema: the security policy of the pages forbids it', () => {
  const made = jest.spyOn(globalThis, 'Function');
  validator.isValid({ type: 'object', required: ['a'] }, { a: 1 }, {});
  expect(made).not.toHaveBeenCalled();
  made.mockRestore();
});
