import { toUSVString } from 'node:util';
import { secretSpellings } from '@rollcall/core/checks';

/** Shorter ones would black out parts of ordinary words. */
const SHORTEST_SECRET = 4;

/** Enough to understand what is wrong; an answer of a vendor may be a whole page. */
const LONGEST = 2_000;

/** More than that is not even searched. */
const LONGEST_SEARCHED = 100_000;

/** Begins where a word does, so that a long text without spaces is looked at once and not from each of its letters. */
const EMAIL = /(?<![^\s"'<>(),:;])[^\s"'<>(),:;]+?(?:@|%40)[^\s"'<>(),:;]+/g;

/**
 * A text that foreign code wrote, as it may be stored and shown: without the secrets that it was given, in whatever usual
 * spelling, without e-mail addresses, without what Postgres cannot store, and not longer than a screen.
 */
export function foreignText(text: string, secrets: readonly string[]): string {
  const masked = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap(secretSpellings)
    .reduce((cleaned, spelling) => cleaned.replaceAll(spelling, '[secret]'), text.slice(0, LONGEST_SEARCHED));
  const short = masked.length > LONGEST ? `${masked.slice(0, LONGEST)}…` : masked;
  return toUSVString(short.replace(EMAIL, '[e-mail]').replaceAll('\0', ''));
}
