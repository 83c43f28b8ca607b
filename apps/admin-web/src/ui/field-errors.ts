import { ApiError } from '../api/api-error';
import type { Problem } from '../api/types';

export type FieldErrors = NonNullable<Problem['errors']>;

/** What is wrong with one field. */
export type FieldError = Omit<FieldErrors[number], 'pointer'>;

/** Always the same one, so that nothing seems to have changed. */
const NONE: FieldErrors = [];

/** What is wrong with which fields of the body, by JSON pointer. */
export const errorsOf = (error: unknown): FieldErrors => (error instanceof ApiError ? error.errors : NONE);

/** What the service says of one field of the body (a JSON pointer); undefined when it says nothing. */
export function fieldError(error: unknown, pointer: string): FieldError | undefined {
  return errorsOf(error).find((detail) => detail.pointer === pointer);
}
