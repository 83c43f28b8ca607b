import type { Adapter } from '../api/types';
import { typeset } from './typeset';

/** What an adapter says in one language; foreign data that the service has checked. */
interface Texts {
  title?: string;
  description?: string;
  options?: Record<string, OptionTexts>;
}

interface OptionTexts {
  title?: string;
  description?: string;
  values?: Record<string, string>;
}

type Schema = Record<string, unknown>;

/** An adapter in the reader's language, as far as it speaks it; the rest stays in the words of its author. */
export function localAdapter<T extends Adapter>(adapter: T, language: string): T {
  const all = adapter.texts as Record<string, Texts>;
  const texts = all[language] ?? all[language.split('-')[0] ?? ''];
  if (!texts) return adapter;
  const {
    title = adapter.title,
    description = adapter.description,
    options = {},
  } = everyText(texts, (text) => typeset(language, text));
  return {
    ...adapter,
    title,
    description,
    configSchema: adapter.configSchema && translated(adapter.configSchema, options, ''),
  };
}

function everyText(texts: Texts, change: (text: string) => string): Texts {
  const changed = JSON.stringify(texts, (_, value: unknown) => (typeof value === 'string' ? change(value) : value));
  return JSON.parse(changed) as Texts;
}

/** Where subschemas speak of the same option, or of the entries of a list; and of members by name. */
const SAME = ['allOf', 'oneOf', 'anyOf', 'if', 'then', 'else', 'items', 'additionalProperties'];
const NAMED = ['properties', '$defs', 'definitions'];

function translated(schema: Schema, options: Record<string, OptionTexts>, path: string): Schema {
  const inner = (value: unknown, at: string): unknown => {
    if (Array.isArray(value)) return value.map((entry) => inner(entry, at));
    return typeof value === 'object' && value !== null ? translated(value as Schema, options, at) : value;
  };
  const below = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (SAME.includes(keyword)) return [keyword, inner(value, path)];
    if (!NAMED.includes(keyword)) return [keyword, value];
    const named = Object.entries((value ?? {}) as Schema);
    return [
      keyword,
      Object.fromEntries(
        named.map(([name, property]) => {
          const at = path === '' ? name : `${path}.${name}`;
          return [name, worded(inner(property, at), options[at])];
        }),
      ),
    ];
  });
  return Object.fromEntries(below);
}

function worded(property: unknown, texts: OptionTexts | undefined): unknown {
  if (!texts || typeof property !== 'object' || property === null) return property;
  const { title, description, values } = texts;
  return {
    ...property,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    // Read by the form: a schema has no place for the names of an enum's values.
    ...(values && { 'x-labels': values }),
  };
}
