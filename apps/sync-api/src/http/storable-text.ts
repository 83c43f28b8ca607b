import { type ErrorDetail, isStorableText } from '@rollcall/core';
import { escapePointer } from './json-pointer';

/** Input of a DTO does not nest deeper; what does is refused by the DTO itself. */
const DEEPEST = 20;

/** Texts in the input that Postgres cannot hold: a NUL character, half of a surrogate pair. */
export function unstorableTexts(value: unknown, pointer = '', depth = 0): ErrorDetail[] {
  if (typeof value === 'string') {
    return isStorableText(value) ? [] : [{ pointer, code: 'invalid_text', message: MESSAGE }];
  }
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    isStorableText(key)
      ? unstorableTexts(member, `${pointer}/${escapePointer(key)}`, depth + 1)
      : [{ pointer, code: 'invalid_text', message: `has a name that ${MESSAGE}` }],
  );
}

const MESSAGE = 'holds a NUL character or half of a surrogate pair';
