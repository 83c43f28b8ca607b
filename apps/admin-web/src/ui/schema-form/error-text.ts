import type { TFunction } from 'i18next';
import type { Problem } from '../../api/types';
import type { FieldError } from './place-errors';
import { members, type Schema } from './schema';

/** Errors about options as the service names them, in the reader's words where the rule that is broken is a common one. */
export function fieldErrors(
  t: TFunction,
  schema: Schema,
  errors: readonly NonNullable<Problem['errors']>[number][],
): FieldError[] {
  return (
    errors
      .filter(({ pointer }) => pointer === '/options' || pointer.startsWith('/options/'))
      // Told at the field for the name, which is none of the schema's.
      .filter(({ code }) => code !== 'nameless')
      .map(({ pointer, code, message }) => {
        const inner = pointer.slice('/options'.length);
        return { pointer: inner, code, message: textOf(t, ruleAt(schema, inner), code, message) };
      })
  );
}

function textOf(t: TFunction, rule: Schema, code: string, message: string): string {
  const { minimum, maximum, minLength, maxLength, format } = rule as Record<string, number | string | undefined>;
  if (code === 'required' || (code === 'minLength' && Number(minLength) <= 1)) return t('form.errorRequired');
  if (code === 'minimum' || code === 'maximum') {
    if (typeof minimum === 'number' && typeof maximum === 'number') {
      return t('form.errorRange', { min: minimum, max: maximum });
    }
    return message;
  }
  if (code === 'type' && rule['type'] === 'integer') return t('form.errorInteger');
  if (code === 'maxLength' && typeof maxLength === 'number') return t('form.errorMaxLength', { count: maxLength });
  if (code === 'format' && format === 'uri') return t('form.errorAddress');
  if (code === 'not') {
    const taken = members(rule['not'])['enum'];
    if (Array.isArray(taken)) return t('form.errorNot', { values: taken.join(', ') });
    // The text above the field says what is not wanted.
    if (typeof rule['description'] === 'string') return t('form.errorPattern');
  }
  if (code === 'enum' && Array.isArray(rule['enum'])) return t('form.errorEnum', { values: rule['enum'].join(', ') });
  if (code === 'pattern' || code === 'format') return t('form.errorPattern');
  if (code === 'unknown_field') return t('form.errorUnknown');
  return message;
}

/** The part of a schema that speaks of the option at a pointer; empty where alternatives make that uncertain. */
function ruleAt(schema: Schema, pointer: string): Schema {
  return pointer
    .split('/')
    .slice(1)
    .reduce<Schema>((at, segment) => {
      const inner = at['type'] === 'array' ? at['items'] : members(at['properties'])[segment];
      // Of a pair, what is wrong with the name is told at the pair, too.
      return members(inner ?? { ...members(at['propertyNames']), ...members(at['additionalProperties']) });
    }, schema);
}
