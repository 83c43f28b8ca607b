import { isMembers, members, type Options, type Schema } from './schema';

/**
 * The same options without empty objects that nobody asked for: the form library makes them when conditions change, and an
 * adapter would miss what it requires inside. What a schema requires stays, and so does what is being filled in.
 */
export function withoutLeftOut(schema: Schema, options: Options): Options {
  const { properties, required } = schema;
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, value]): [string, unknown][] => {
      if (!isMembers(value)) return [[name, value]];
      const rest = withoutLeftOut(members(members(properties)[name]), value);
      return Object.keys(rest).length === 0 && !needed.includes(name) ? [] : [[name, rest]];
    }),
  );
}
