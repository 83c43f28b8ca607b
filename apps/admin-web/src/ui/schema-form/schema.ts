/** A JSON Schema as an adapter brings it. Foreign data: every member may be anything. */
export type Schema = Readonly<Record<string, unknown>>;
export type Options = Record<string, unknown>;

export function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object's members, or none. */
export function members(value: unknown): Readonly<Record<string, unknown>> {
  return isMembers(value) ? value : {};
}

/**
 * Whether an option applies to what is chosen beside it: `"x-when": {"authentication": ["basic"]}`. What is not chosen
 * counts as its default. One that does not apply is not shown; the adapter does not look at it.
 */
export function applies(property: unknown, siblings: unknown, values: unknown): boolean {
  return Object.entries(members(members(property)['x-when'])).every(([name, wanted]) => {
    const value = members(values)[name] ?? members(members(siblings)[name])['default'];
    return Array.isArray(wanted) && wanted.includes(value);
  });
}

/** Rarely changed: it stands below the others, folded away. */
export function isAdvanced(property: unknown): boolean {
  return members(property)['x-advanced'] === true;
}

/** One of given values, whichever way that is said. */
export function isChoice(schema: unknown): boolean {
  const { enum: values, oneOf, anyOf } = members(schema);
  const alternatives: unknown = oneOf ?? anyOf;
  return (
    Array.isArray(values) ||
    (Array.isArray(alternatives) && alternatives.every((option) => isMembers(option) && 'const' in option))
  );
}

/** A list of plain texts or numbers, which is typed one a line; one of given values is ticked instead. */
export function isLines(schema: unknown): boolean {
  const { type, items } = members(schema);
  const item = members(items);
  return type === 'array' && ['string', 'integer', 'number'].includes(String(item['type'])) && !isChoice(item);
}

/** An object that needs no button that adds it: it has values by itself, or ways to be filled in of its own. */
export function isAlwaysThere(schema: Schema): boolean {
  const { default: preset, additionalProperties, oneOf, anyOf } = schema;
  return preset !== undefined || isMembers(additionalProperties) || Array.isArray(oneOf) || Array.isArray(anyOf);
}
