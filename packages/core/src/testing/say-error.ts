import { isRollcallError } from '../errors';

/** An error as the author of an adapter wants to see it. */
export function sayError(error: unknown): string {
  if (isRollcallError(error)) {
    const at = error.field === undefined ? '' : ` (${error.field})`;
    return `"${error.code}"${at}: ${error.message}`;
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
