import { ApiError } from '../api/client';

/** What the service says of one field of the body (a JSON pointer); undefined when it says nothing. */
export function fieldError(error: unknown, pointer: string): { code: string; message: string } | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const found = error.errors.find((detail) => detail.pointer === pointer);
  return found && { code: found.code, message: found.message };
}
