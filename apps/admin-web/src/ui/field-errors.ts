import { ApiError } from '../api/client';

/** What the service says of one field of the body (a JSON pointer); undefined when it says nothing. */
export function fieldError(error: unknown, pointer: string): { code: string; message: string } | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const found = error.errors.find((detail) => detail.pointer === pointer);
  return found && { code: found.code, message: found.message };
}

/** The error, unless everything that it says is shown at these fields. */
export function unplaced(error: unknown, ...pointers: string[]): unknown {
  if (!(error instanceof ApiError) || error.errors.length === 0) return error;
  return error.errors.every(({ pointer }) => pointers.includes(pointer)) ? undefined : error;
}
