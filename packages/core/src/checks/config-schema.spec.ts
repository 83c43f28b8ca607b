import type { ConfigSchema } from '../contract';
import { schemaProblems, validateOptions } from './config-schema';

const schema: ConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['host'],
  properties: {
    host: { type: 'string', minLength: 1 },
    key: { type: 'string', pattern: '^[0-9]{4}$', description: 'The four digits beside the name.' },
    code: { type: 'string', pattern: '^[0-9]+$' },
    address: { type: 'string', format: 'uri', description: 'Like https://hr.example' },
    field: { type: 'string', not: { enum: ['uid', 'id'] } },
    fields: { type: 'object', propertyNames: { not: { enum: ['uid', 'id'] } }, additionalProperties: true },
    way: { type: 'string', enum: ['fast', 'slow'] },
    header: { type: 'string', not: { pattern: '^cookie$' }, description: 'No cookies.' },
  },
};

describe('what is wrong with an option says which one it is, and what is wanted', () => {
  it.each([
    [{}, '/options/host', 'is required'],
    [{ host: '' }, '/options/host', 'must not be empty'],
    [{ host: 'a', hots: 'b' }, '/options/hots', 'is not a known option'],
    [{ host: 'a', key: 'x' }, '/options/key', 'must match pattern "^[0-9]{4}$": The four digits beside the name.'],
    [{ host: 'a', code: 'x' }, '/options/code', 'must match pattern "^[0-9]+$"'],
    [{ host: 'a', address: 'x' }, '/options/address', 'must match format "uri": Like https://hr.example'],
    [{ host: 'a', field: 'uid' }, '/options/field', 'must be none of: uid, id'],
    [{ host: 'a', fields: { id: 1 } }, '/options/fields/id', 'must be none of: uid, id'],
    [{ host: 'a', header: 'cookie' }, '/options/header', 'is not allowed: No cookies.'],
    [{ host: 'a', way: 'x' }, '/options/way', 'must be equal to one of the allowed values: fast, slow'],
  ])('%j', (options, pointer, message) => {
    expect(validateOptions(schema, options)).toMatchObject([{ pointer, code: expect.any(String), message }]);
  });
});

describe('what the rule asks for can be said in other languages', () => {
  it.each([
    [{ type: 'string', minLength: 8 }, 'short', { limit: 8 }],
    [{ type: 'integer', exclusiveMaximum: 9 }, 9, { limit: 9 }],
    [{ type: 'number', multipleOf: 0.5 }, 0.3, { multipleOf: 0.5 }],
    [{ type: ['integer', 'null'] }, 'x', { type: ['integer', 'null'] }],
    [{ enum: ['fast', 'slow'] }, 'x', { allowedValues: ['fast', 'slow'] }],
    // Where only one of the alternatives has the rule, too.
    [{ oneOf: [{ type: 'string', minLength: 8 }] }, 'short', { limit: 8 }],
    [{ type: 'string', pattern: '^a$' }, 'secret', undefined],
  ])('%j: %j', (rule, value, params) => {
    const [error] = validateOptions({ type: 'object', properties: { option: rule } }, { option: value });
    expect(error?.params).toEqual(params);
  });
});

describe('of alternatives', () => {
  const option = (name: string, type: string): object => ({
    type: 'object',
    additionalProperties: false,
    required: [name],
    properties: { [name]: { type } },
  });
  const alternatives: ConfigSchema = {
    type: 'object',
    properties: {
      how: {
        oneOf: [
          option('key', 'string'),
          {
            type: 'object',
            additionalProperties: false,
            required: ['from', 'to'],
            properties: { from: { type: 'integer' }, to: { type: 'integer' } },
          },
        ],
      },
      either: {
        anyOf: [
          { type: 'string', minLength: 2 },
          { type: 'string', maxLength: 5 },
        ],
      },
      one: { oneOf: [{ minLength: 1 }, { maxLength: 9 }] },
      place: {
        oneOf: [
          { type: 'string', enum: ['here'] },
          { type: 'string', pattern: '^x-' },
        ],
      },
    },
    if: { properties: { one: true }, required: ['one'] },
    then: { properties: { how: true }, required: ['how'] },
  };

  // Whoever had one wrong field read that the right one beside it was unknown.
  it.each([
    [{ how: { from: 1, to: 'x' } }, ['/options/how/to must be integer']],
    [{ how: { key: 1 } }, ['/options/how/key must be string']],
    [{ one: 'ab', how: { key: 'k' } }, ['/options/one must match exactly one schema in oneOf']],
    [{ one: '' }, ['/options/how is required']],
    [{ place: 'there' }, ['/options/place must match pattern "^x-"']],
  ])('%j is told what is wrong with the one that comes nearest', (options, expected) => {
    const told = validateOptions(alternatives, options).map(({ pointer, message }) => `${pointer} ${message}`);
    expect(told).toEqual(expected);
  });
});

describe('what a schema requires', () => {
  const known: ConfigSchema = { type: 'object', additionalProperties: false, properties: { url: { type: 'string' } } };

  it('is one of its properties, so that a misspelt name is noticed', () => {
    expect(schemaProblems({ ...known, required: ['url', 'ulr'] })).toEqual([
      'configSchema requires "ulr", which is none of its properties',
    ]);
  });

  it('may depend on a condition', () => {
    const conditional = { ...known, if: { properties: { url: { const: 'x' } } }, then: { required: ['url'] } };
    expect(schemaProblems(conditional)).toEqual([]);
  });
});
