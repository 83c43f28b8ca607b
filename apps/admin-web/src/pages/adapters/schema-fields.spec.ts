import { schemaFields } from './schema-fields';

test('every option is a row, with what is known of it', () => {
  const fields = schemaFields({
    type: 'object',
    required: ['host'],
    properties: {
      host: { type: 'string', title: 'Host', description: 'Where it is' },
      secret: { type: 'string', writeOnly: true, format: 'password' },
      rate: { type: 'integer', minimum: 1, maximum: 60, default: 10 },
      mode: { enum: ['fast', 'careful'] },
    },
  });
  expect(fields).toEqual([
    expect.objectContaining({ path: 'host', title: 'Host', description: 'Where it is', required: true, secret: false }),
    expect.objectContaining({ path: 'secret', title: undefined, type: 'string', required: false, secret: true }),
    expect.objectContaining({ path: 'rate', type: 'integer', defaultValue: '10', limits: ['≥ 1', '≤ 60'] }),
    expect.objectContaining({ path: 'mode', type: 'other', values: ['"fast"', '"careful"'] }),
  ]);
});

test('what stands in objects and in lists of objects follows them', () => {
  const inner = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
  const fields = schemaFields({
    type: 'object',
    properties: {
      login: inner,
      attributes: { type: 'array', items: inner },
      ids: { type: 'array', items: { type: 'integer' } },
    },
  });
  expect(fields.map(({ path, type, required }) => [path, type, required])).toEqual([
    ['login', 'object', false],
    ['login.name', 'string', true],
    ['attributes', 'array', false],
    ['attributes[].name', 'string', true],
    ['ids', 'array', false],
  ]);
});

test('a schema without options has no rows', () => {
  expect(schemaFields({ type: 'object', additionalProperties: false })).toEqual([]);
});
