import { RollcallError } from '@rollcall/core';

/** The text to search for, without the blanks around it; undefined: there is none. */
export function searchText(q: string | undefined): string | undefined {
  if (q?.includes('\0')) {
    throw new RollcallError('invalid_request', 'q: a NUL character cannot be searched for.', {
      errors: [{ pointer: '/q', code: 'invalid_text', message: 'contains a NUL character' }],
    });
  }
  return q?.trim() || undefined;
}
