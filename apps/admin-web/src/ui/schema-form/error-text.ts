import type { TFunction } from 'i18next';
import type { Problem } from '../../api/types';
import type { FieldError } from './place-errors';
import { members, type Schema } from './schema';

type ServiceError = NonNullable<Problem['errors']>[number];

/** Rules with a number, without which there is nothing to say of them. */
const NUMBERED: ReadonlySet<string> = new Set([
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
]);

/** Errors about options as the service names them, in the reader's words where the rule that is broken is a common one. */
export function fieldErrors(t: TFunction, schema: Schema, errors: readonly ServiceError[]): FieldError[] {
  return (
    errors
      .filter(({ pointer }) => pointer === '/options' || pointer.startsWith('/options/'))
      // Told at the field for the name, which is none of the schema's.
      .filter(({ code }) => code !== 'nameless')
      // A pattern says least of all what is wrong.
      .filter(
        (error) =>
          error.code !== 'pattern' ||
          errors.every(({ pointer, code }) => pointer !== error.pointer || code === 'pattern'),
      )
      .map((error) => {
        const inner = error.pointer.slice('/options'.length);
        return { pointer: inner, code: error.code, message: textOf(t, ruleAt(schema, inner), error) };
      })
  );
}

function textOf(t: TFunction, rule: Schema, { code, message, params = {} }: ServiceError): string {
  const { minimum, maximum, format } = rule as Record<string, number | string | undefined>;
  const isDescribed = typeof rule['description'] === 'string';
  // The service says them also where alternatives make the rule uncertain.
  const { type, allowedValues } = params;
  const count = params.limit ?? params.multipleOf;
  if (NUMBERED.has(code) && count === undefined) return message;
  switch (code) {
    case 'required':
      return t('form.errorRequired');
    case 'minLength':
      return Number(count) > 1 ? t('form.errorMinLength', { count }) : t('form.errorRequired');
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
      return type === 'integer'
        ? t('form.errorInteger')
        : type === 'number'
          ? t('form.errorNumber')
          : t('form.errorForm');
    case 'not': {
      const taken = members(rule['not'])['enum'];
      if (Array.isArray(taken)) return t('form.errorNot', { values: taken.join(', ') });
      return isDescribed ? t('form.errorPattern') : t('form.errorForm');
    }
    case 'enum':
      return allowedValues ? t('form.errorEnum', { values: allowedValues.join(', ') }) : t('form.errorForm');
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
