import { type Messages, translateMessage } from '../messages';

/** Three words in a row, wherever they begin. Names of things are shorter. */
const WORDS = /\b(?=([a-z]+ [a-z]+ [a-z]+)\b)/gi;

/**
 * What readers of other languages would still read in English of a message, by language; `{}`: nothing. `languages` are the
 * messages of each, as `messagesIn` makes them.
 */
export function untranslated(languages: Readonly<Record<string, Messages>>, message: string): Record<string, string> {
  const left = Object.entries(languages).map(([language, messages]) => [language, leftIn(messages, message)] as const);
  return Object.fromEntries(left.filter((each): each is [string, string] => each[1] !== undefined));
}

function leftIn(messages: Messages, message: string): string | undefined {
  const text = translateMessage(messages, message);
  if (text === undefined) return message;
  return Array.from(text.matchAll(WORDS), ([, words = '']) => words).find((words) => message.includes(words));
}
