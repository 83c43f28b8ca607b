import { type DataType, RollcallError } from '@rollcall/core';

/**
 * How far somebody has read the feed.
 *
 * `changes`: every row up to `position`, and the first `skip` ids of the one after it.
 * `everything`: what there is, departments before users, up to `id`; afterwards it goes on behind `position`, where the
 * feed stood when that began.
 */
export type Cursor =
  | { phase: 'changes'; position: number; skip: number }
  | { phase: 'everything'; position: number; dataType: DataType; id: number };

const LETTERS: Readonly<Record<string, DataType>> = { d: 'department', u: 'user' };
const TEXT = /^([cdu])(\d{1,15})\.(\d{1,15})$/;

/** A text that only this service has to understand. */
export function writeCursor(cursor: Cursor): string {
  const text =
    cursor.phase === 'changes'
      ? `c${cursor.position}.${cursor.skip}`
      : `${cursor.dataType.charAt(0)}${cursor.position}.${cursor.id}`;
  return Buffer.from(text).toString('base64url');
}

/** Throws `invalid_request` for anything that `writeCursor` does not make. */
export function readCursor(text: string): Cursor {
  const cursor = cursorIn(Buffer.from(text, 'base64url').toString());
  // What decodes is not yet the text that was answered: characters that are none of base64 are passed over.
  if (cursor && writeCursor(cursor) === text) return cursor;
  const message = 'is no cursor of this feed: send one that it answered, "now", or none to begin with everything';
  throw new RollcallError('invalid_request', `after: ${message}.`, {
    errors: [{ pointer: '/after', code: 'cursor', message }],
  });
}

function cursorIn(text: string): Cursor | undefined {
  const [, letter = '', position = '', rest = ''] = TEXT.exec(text) ?? [];
  const at = { position: Number(position) };
  if (letter === 'c') return { phase: 'changes', ...at, skip: Number(rest) };
  const dataType = LETTERS[letter];
  return dataType && { phase: 'everything', ...at, dataType, id: Number(rest) };
}
