import type { TFunction } from 'i18next';
import { ApiError } from '../api/api-error';
import { type FieldError, fieldError } from '../ui/field-errors';
import { isKnownReason, reasonText } from './reason-text';

/** What the service says of one field of the body (a JSON pointer), in the reader's language; undefined: nothing. */
export function fieldText(t: TFunction, error: unknown, pointer: string): string | undefined {
  const found = fieldError(error, pointer);
  return found && detailText(t, found);
}

/** One of the service's `errors`. Its own message, which is English, stands only for a rule that nobody has words for. */
export function detailText(t: TFunction, { code, message, holder: id }: FieldError): string {
  switch (code) {
    case 'required':
    case 'is_not_empty':
    case 'title_required':
    case 'uid_missing':
      return t('form.errorRequired');
    case 'invalid_email':
    case 'is_email':
      return t('form.errorEmail');
    case 'invalid_text':
    case 'is_length':
    case 'max_length':
      return t('form.errorText');
    case 'is_int':
      return t('form.errorInteger');
    case 'is_number':
      return t('form.errorNumber');
    case 'invalid_type':
    case 'is_string':
    case 'is_iana_time_zone':
    case 'matches':
      return t('form.errorForm');
    case 'taken':
    case 'unique':
      return t('form.errorTaken');
    case 'reserved_field':
      return t('form.errorReserved');
    case 'same':
      return t('form.errorSame');
    case 'guessable':
      return t('form.errorGuessable');
    case 'not_schedulable':
      return t('form.errorFullOnly');
    case 'self':
      return t('form.errorSelf');
    case 'duplicate':
      return t('form.errorTwice');
    case 'not_found':
      return t('form.errorGone');
    case 'department_cycle':
      return t('form.errorCycle');
    case 'username_taken':
    case 'email_taken':
    case 'phone_taken': {
      const reason = reasonText(t, code);
      return id === undefined ? t('form.errorReason', { reason }) : t('form.errorHolder', { reason, id });
    }
    default:
      return isKnownReason(code) ? t('form.errorReason', { reason: reasonText(t, code) }) : message;
  }
}

/** The error, unless everything that it says is told at fields whose JSON pointers begin so. */
export function untold(error: unknown, places: readonly string[]): unknown {
  if (!(error instanceof ApiError) || error.errors.length === 0) return error;
  return error.errors.every(({ pointer }) => places.some((place) => pointer.startsWith(place))) ? undefined : error;
}
