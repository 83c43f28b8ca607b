import { isChoice, isMembers, members, type Schema } from './schema';

/** Where subschemas stand, in lists or by name. */
const LISTS = ['oneOf', 'anyOf', 'allOf'];
const MAPS = ['properties', '$defs', 'definitions'];
const SINGLE = ['items', 'additionalProperties', 'if', 'then', 'else'];

/**
 * The same schema as the form library can draw it: with the types that follow from what it says, because nothing is drawn
 * without one, and lists of given values without repetitions, because only those are ticked.
 */
export function typed(schema: Schema): Schema {
  const entries = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (LISTS.includes(keyword) && Array.isArray(value)) return [keyword, value.map(typedIfSchema)];
    if (MAPS.includes(keyword) && isMembers(value)) {
      return [keyword, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, typedIfSchema(inner)]))];
    }
    return [keyword, SINGLE.includes(keyword) ? typedIfSchema(value) : value];
  });
  const type = schema['type'] ?? typeOf(schema);
  const { oneOf, anyOf, required, ...rest } = Object.fromEntries(entries);
  return {
    ...rest,
    ...(oneOf !== undefined && { oneOf: alternatives(oneOf) }),
    ...(anyOf !== undefined && { anyOf: alternatives(anyOf) }),
    ...(required !== undefined && { required: wanted(required, schema['properties']) }),
    ...(type !== undefined && { type }),
    ...(type === 'array' && isChoice(schema['items']) && { uniqueItems: true }),
  };
}

/**
 * Fixed values beside others, like `all` or a text: the form library would take them for the only ones there are, and put them
 * in the place of others when another option changes. It does not look into `allOf`.
 */
function alternatives(options: unknown): unknown {
  if (!Array.isArray(options) || options.every(isFixed) || !options.some(isFixed)) return options;
  return options.map((option: unknown) => {
    if (!isMembers(option) || !isFixed(option)) return option;
    const { title, description, ...rule } = option;
    return {
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description }),
      ...(rule['type'] !== undefined && { type: rule['type'] }),
      allOf: [rule],
    };
  });
}

const isFixed = (option: unknown): boolean =>
  isMembers(option) && ('const' in option || (Array.isArray(option['enum']) && option['enum'].length === 1));

/** What has a default need not be filled in. */
function wanted(required: unknown, properties: unknown): unknown {
  if (!Array.isArray(required)) return required;
  return required.filter((name) => members(members(properties)[String(name)])['default'] === undefined);
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
