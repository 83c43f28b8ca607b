import type { UiSchema } from '@rjsf/utils';
import { isAlwaysThere, isChoice, isLines, isMembers, members, type Schema } from './schema';

/** What an entry of a list is called, by its place from 1. */
export type EntryName = (title: string, number: number) => string;

/** How each option is drawn, where its type and format alone do not say. `name` is what it is called without a title. */
export function uiSchemaOf(schema: unknown, entryName: EntryName, name = ''): UiSchema {
  if (isLines(schema)) return { 'ui:widget': 'lines' };
  const { type, items, properties, maxLength } = members(schema);
  if (type === 'array') {
    if (!isMembers(items) || isChoice(items)) return { 'ui:widget': 'ticks' };
    const title = titleOf(items) ?? titleOf(members(schema)) ?? name;
    const ui = uiSchemaOf(items, entryName, title);
    return { items: (_entry, index) => ({ ...ui, 'ui:title': entryName(title, index + 1) }) };
  }
  const { format, enum: choices, oneOf, anyOf } = members(schema);
  if (type === 'object') {
    return {
      ...objectUi(properties, isAlwaysThere(members(schema)), entryName),
      ...alternativesUi(oneOf, anyOf, entryName),
    };
  }
  // Long texts of one line, like a token, are still one line; only what says so has room for several.
  const long = type === 'string' && format === undefined && choices === undefined && Number(maxLength) > 2_000;
  return long ? { 'ui:widget': 'textarea' } : {};
}

function objectUi(properties: unknown, always: boolean, entryName: EntryName): UiSchema {
  const inner = Object.entries(members(properties)).map(
    ([name, property]) => [name, uiSchemaOf(property, entryName, name)] as const,
  );
  return {
    ...(Object.fromEntries(inner) as UiSchema),
    ...(always && { 'ui:options': { enableOptionalDataFieldForType: [] } }),
  };
}

function titleOf({ title }: Schema): string | undefined {
  return typeof title === 'string' && title !== '' ? title : undefined;
}

/** An object with alternatives leaves it to the chosen one whether it is filled in. */
function alternativesUi(oneOf: unknown, anyOf: unknown, entryName: EntryName): UiSchema | undefined {
  const ui = (schema: unknown): UiSchema => uiSchemaOf(schema, entryName);
  if (Array.isArray(oneOf)) return { oneOf: oneOf.map(ui) };
  return Array.isArray(anyOf) ? { anyOf: anyOf.map(ui) } : undefined;
}
