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
  const { minimum, maximum, format } = rule as Record<string, number | string | undefined>;
  const isDescribed = typeof rule['description'] === 'string';
  // Where alternatives make the rule uncertain the service still says its number.
  const count = Number(/-?\d+(?:\.\d+)?/.exec(message)?.[0]);
  switch (code) {
    case 'required':
      return t('form.errorRequired');
    case 'minLength':
      return count > 1 ? t('form.errorMinLength', { count }) : t('form.errorRequired');
    case 'maxLength':
      return t('form.errorMaxLength', { count });
    case 'minItems':
      return t('form.errorMinItems', { count });
    case 'maxItems':
      return t('form.errorMaxItems', { count });
    case 'uniqueItems':
      return t('form.errorTwice');
    case 'minimum':
    case 'maximum':
      if (typeof minimum === 'number' && typeof maximum === 'number') {
        return t('form.errorRange', { min: minimum, max: maximum });
      }
      return code === 'minimum' ? t('form.errorAtLeast', { count }) : t('form.errorAtMost', { count });
    case 'exclusiveMinimum':
      return t('form.errorAbove', { count });
    case 'exclusiveMaximum':
      return t('form.errorBelow', { count });
    case 'multipleOf':
      return t('form.errorMultiple', { count });
    case 'type':
      return message.endsWith('integer')
        ? t('form.errorInteger')
        : message.endsWith('number')
          ? t('form.errorNumber')
          : t('form.errorForm');
    case 'not': {
      const taken = members(rule['not'])['enum'];
      if (Array.isArray(taken)) return t('form.errorNot', { values: taken.join(', ') });
      return isDescribed ? t('form.errorPattern') : t('form.errorForm');
    }
    case 'enum':
      return Array.isArray(rule['enum'])
        ? t('form.errorEnum', { values: rule['enum'].join(', ') })
        : t('form.errorForm');
    case 'format':
      if (format === 'uri') return t('form.errorAddress');
      if (format === 'email') return t('form.errorEmail');
      if (format === 'date') return t('form.errorDate');
      return isDescribed ? t('form.errorPattern') : t('form.errorForm');
    case 'pattern':
      return isDescribed ? t('form.errorPattern') : t('form.errorForm');
    case 'oneOf':
    case 'anyOf':
    case 'if':
    case 'const':
      return t('form.errorAlternatives');
    case 'unknown_field':
      return t('form.errorUnknown');
    default:
      return message;
  }
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
