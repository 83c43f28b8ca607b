import { translateMessage } from '@rollcall/core';
import { CHINESE } from '../messages';

/** Three English words in a row; the names of things are shorter. */
const ENGLISH = /[a-z]+ [a-z]+ [a-z]+/i;

/** No sentence of a message stays in English for Chinese readers; French has the same ones. */
export function expectTranslated(message: string): void {
  expect(translateMessage(CHINESE, message) ?? message).not.toMatch(ENGLISH);
}
