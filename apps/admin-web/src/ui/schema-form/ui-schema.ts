import type { UiSchema } from '@rjsf/utils';
import { isAlwaysThere, isLines, isMembers, members } from './schema';

/** How each option is drawn, where its type and format alone do not say. */
export function uiSchemaOf(schema: unknown): UiSchema {
  if (isLines(schema)) return { 'ui:widget': 'lines' };
  const { type, items, properties, maxLength } = members(schema);
  if (type === 'array') {
    return isMembers(items) && items['enum'] === undefined ? { items: uiSchemaOf(items) } : { 'ui:widget': 'ticks' };
  }
  const { format, enum: choices, oneOf, anyOf } = members(schema);
  if (type === 'object') {
    return { ...objectUi(properties, isAlwaysThere(members(schema))), ...alternativesUi(oneOf, anyOf) };
  }
  // Long texts of one line, like a token, are still one line; only what says so has room for several.
  const long = type === 'string' && format === undefined && choices === undefined && Number(maxLength) > 2_000;
  return long ? { 'ui:widget': 'textarea' } : {};
}

function objectUi(properties: unknown, always: boolean): UiSchema {
  const inner = Object.entries(members(properties)).map(([name, property]) => [name, uiSchemaOf(property)] as const);
  return {
    ...(Object.fromEntries(inner) as UiSchema),
    ...(always && { 'ui:options': { enableOptionalDataFieldForType: [] } }),
  };
}

/** An object with alternatives leaves it to the chosen one whether it is filled in. */
function alternativesUi(oneOf: unknown, anyOf: unknown): UiSchema | undefined {
  if (Array.isArray(oneOf)) return { oneOf: oneOf.map(uiSchemaOf) };
  return Array.isArray(anyOf) ? { anyOf: anyOf.map(uiSchemaOf) } : undefined;
}
