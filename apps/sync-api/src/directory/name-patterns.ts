import { containsPattern, prefixPattern, suffixPattern } from '../http/like';

/** From this many characters on a name is also searched inside; an index of trigrams knows nothing of fewer. */
export const SUBSTRING_FROM = 3;

/** Writing without blanks between words: a given name of two characters stands at the end. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2}$/u;

/** The `like` patterns, of which one is enough, that a name matches which somebody looks for by this text. */
export function namePatterns(q: string): string[] {
  if ([...q].length >= SUBSTRING_FROM) return [containsPattern(q)];
  return UNSPACED.test(q) ? [prefixPattern(q), suffixPattern(q)] : [prefixPattern(q)];
}
