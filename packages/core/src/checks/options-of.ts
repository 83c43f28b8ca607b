import { isObject } from './is-object';

/** What a schema says of one option. */
export interface OptionSchema {
  type?: unknown;
  title?: unknown;
  description?: unknown;
}

/** Where subschemas speak of the same option, of its entries, or of its members by name. */
const SAME = ['allOf', 'oneOf', 'anyOf', 'if', 'then', 'else', 'items', 'additionalProperties'];
const NAMED = ['properties', '$defs', 'definitions'];

/**
 * The options of a schema by the names on the way to them, with dots: `attributes.field` for the field of each of the attributes.
 * What several places say of one option is put together.
 */
export function optionsOf(schema: unknown, prefix = ''): Map<string, OptionSchema> {
  const options = new Map<string, OptionSchema>();
  const add = (found: Iterable<[string, OptionSchema]>): void => {
    for (const [path, option] of found) options.set(path, { ...option, ...options.get(path) });
  };
  if (!isObject(schema)) return options;
  for (const [name, inner] of NAMED.flatMap((keyword) =>
    Object.entries(isObject(schema[keyword]) ? schema[keyword] : {}),
  )) {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    add([[path, isObject(inner) ? pick(inner) : {}]]);
    add(optionsOf(inner, path));
  }
  for (const inner of SAME.flatMap((keyword) => schema[keyword] ?? [])) add(optionsOf(inner, prefix));
  return options;
}

function pick({ type, title, description }: Readonly<Record<string, unknown>>): OptionSchema {
  return {
    ...(type !== undefined && { type }),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
  };
}
