/** From this many characters on a name is also searched inside; an index of trigrams knows nothing of fewer. */
export const SUBSTRING_FROM = 3;

/** Writing without blanks between words: a given name of two characters stands at the end. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2}$/u;

/** SQL: a name is this text, whatever the case and the accents of both. Without wildcards `ilike` is equality that knows the trigram index. */
export const isNamed = (name: string, text: string): string => `folded(${name}) ilike folded_pattern(${text})`;

/** SQL: a name matches what somebody looks for by text `q`, which is parameter `text`, whatever the case and the accents of both. */
export function isNamedLike(name: string, q: string, text: string): string {
  const pattern = `folded_pattern(${text})`;
  return `(${patterns(q, pattern)
    .map((one) => `folded(${name}) ilike ${one}`)
    .join(' or ')})`;
}

function patterns(q: string, pattern: string): string[] {
  if ([...q].length >= SUBSTRING_FROM) return [`'%' || ${pattern} || '%'`];
  const prefix = `${pattern} || '%'`;
  return UNSPACED.test(q) ? [prefix, `'%' || ${pattern}`] : [prefix];
}
