import type { ErrorSchema } from '@rjsf/utils';
import { applies, isAlwaysThere, isLines, members, type Options, type Schema } from './schema';

/** Where the form library looks for the errors of a field itself. */
const ERRORS_KEY = '__errors';

/** What is wrong with an option; the pointer begins below the options: `/users/url`. */
export interface FieldError {
  pointer: string;
  code?: string;
  message: string;
}

/**
 * Errors by the fields at which they show. One about something that is not shown stands at what encloses it, with the name
 * of the option in front.
 */
export function placeErrors(schema: Schema, value: Options, errors: readonly FieldError[]): ErrorSchema {
  const tree: Record<string, unknown> = {};
  for (const { pointer, message } of errors) {
    const path = pointer.split('/').slice(1).map(unescaped);
    const shown = shownPart(schema, value, path);
    let node = tree;
    for (const segment of shown) node = (node[segment] ??= {}) as Record<string, unknown>;
    const rest = path.slice(shown.length).map(counted).join(' → ');
    ((node[ERRORS_KEY] ??= []) as string[]).push(rest === '' ? message : `${rest}: ${message}`);
  }
  return tree as ErrorSchema;
}

/** How far down a path there are fields. */
function shownPart(schema: unknown, value: unknown, path: readonly string[]): readonly string[] {
  let at = members(schema);
  let values = value;
  for (const [index, segment] of path.entries()) {
    if (isLines(at)) return path.slice(0, index);
    const next = at['type'] === 'array' ? at['items'] : propertyOf(at, segment, values);
    if (next === undefined) return path.slice(0, index);
    const value = Array.isArray(values) ? (values as unknown[])[Number(segment)] : members(values)[segment];
    if (at['type'] === 'array') {
      // There is no such entry.
      if (value === undefined) return path.slice(0, index);
    } else if (isLeftOut(at, segment, members(next), value)) return path.slice(0, index + 1);
    values = value;
    at = members(next);
  }
  return path;
}

/** An object that nobody has filled in, and nobody has to: instead of its fields there is a button that shows them. */
function isLeftOut(around: Schema, name: string, schema: Schema, value: unknown): boolean {
  const required: readonly unknown[] = Array.isArray(around['required']) ? around['required'] : [];
  const filledIn = value !== undefined && Object.keys(members(value)).length > 0;
  return schema['type'] === 'object' && !isAlwaysThere(schema) && !required.includes(name) && !filledIn;
}

/** What only some alternatives have is taken for shown: which one is chosen, the form knows. */
const ALTERNATIVES = ['oneOf', 'anyOf', 'allOf', 'if', '$ref'];

function propertyOf(schema: Schema, name: string, values: unknown): unknown {
  const properties = members(schema['properties']);
  if (name in properties) return applies(properties[name], properties, values) ? properties[name] : undefined;
  if (name in members(values) && typeof schema['additionalProperties'] === 'object') {
    return schema['additionalProperties'];
  }
  return ALTERNATIVES.some((keyword) => keyword in schema) ? {} : undefined;
}

/** People count lines and entries from one. */
const counted = (segment: string): string => (/^\d+$/.test(segment) ? String(Number(segment) + 1) : segment);
const unescaped = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~');
