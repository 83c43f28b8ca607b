import { isMembers, type Schema } from './schema';

/** Where subschemas stand, in lists or by name. */
const LISTS = ['oneOf', 'anyOf', 'allOf'];
const MAPS = ['properties', '$defs', 'definitions'];
const SINGLE = ['items', 'additionalProperties', 'if', 'then', 'else'];

/** The same schema with the types that follow from what it says: the form library draws nothing without one. */
export function typed(schema: Schema): Schema {
  const entries = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (LISTS.includes(keyword) && Array.isArray(value)) return [keyword, value.map(typedIfSchema)];
    if (MAPS.includes(keyword) && isMembers(value)) {
      return [keyword, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, typedIfSchema(inner)]))];
    }
    return [keyword, SINGLE.includes(keyword) ? typedIfSchema(value) : value];
  });
  const type = schema['type'] ?? typeOf(schema);
  return { ...Object.fromEntries(entries), ...(type !== undefined && { type }) };
}

const typedIfSchema = (value: unknown): unknown => (isMembers(value) ? typed(value) : value);

function typeOf(schema: Schema): string | undefined {
  const { properties, enum: choices, oneOf, anyOf } = schema;
  if (isMembers(properties)) return 'object';
  if (Array.isArray(choices)) return typeOfAll(choices);
  const alternatives: unknown = oneOf ?? anyOf;
  if (!Array.isArray(alternatives) || !alternatives.every(isMembers)) return undefined;
  if (alternatives.every(isObject)) return 'object';
  return alternatives.every((option) => 'const' in option)
    ? typeOfAll(alternatives.map((option) => option['const']))
    : undefined;
}

function typeOfAll(values: readonly unknown[]): string | undefined {
  const [type, ...others] = new Set(values.map((value) => typeof value));
  return others.length === 0 && ['string', 'number', 'boolean'].includes(String(type)) ? type : undefined;
}

const isObject = ({ type, properties }: Schema): boolean => (type ?? (isMembers(properties) && 'object')) === 'object';
