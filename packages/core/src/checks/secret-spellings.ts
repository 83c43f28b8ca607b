import { toUSVString } from 'node:util';

/** The usual spellings of a secret, longest first: as it is, in an address, in JSON, and in the two alphabets of base64. */
export function secretSpellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const others = [
    encodeURIComponent(toUSVString(secret)),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ];
  // Longest first: base64url is the beginning of base64.
  return [...new Set([secret, ...others])].sort((a, b) => b.length - a.length);
}
