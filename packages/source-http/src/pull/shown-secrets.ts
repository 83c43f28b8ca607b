import type { PullOptions } from './config';

/** Headers that hold nothing but credentials. */
const CREDENTIAL_HEADERS = ['authorization', 'proxy-authorization', 'cookie'];

/** The same among the parameters of an address or of a form (RFC 6749, RFC 6750). */
const CREDENTIAL_PARAMETERS = ['access_token', 'refresh_token', 'client_secret', 'client_assertion', 'password'];

/** A pattern for any of some words. JSON Schema has no flag for capitals. */
const anyCase = (words: readonly string[]): string =>
  `(?:${words.join('|').replaceAll(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`)})`;

/** What may not stand in options that are stored and shown in clear, as `not` of a schema. */
export const NO_CREDENTIAL = {
  header: { pattern: `^${anyCase(CREDENTIAL_HEADERS)}$` },
  parameter: { pattern: `^${anyCase(CREDENTIAL_PARAMETERS)}$` },
  /** A name or a password before the host, or one of the parameters. */
  address: { pattern: `^[^:]+:[/\\\\]*[^/?#\\\\]*@|[?&]${anyCase(CREDENTIAL_PARAMETERS)}=` },
} as const;

/** Names that mostly stand for a secret, and not always. */
const LIKELY = /(?:^|[-_])(?:key|token|auth|pwd|sig|signature)$|apikey|accesskey|accesstoken|secret|passw/i;

/** Where options name something that may be a secret, and hold it in clear: headers, and parameters of addresses. */
export function namedLikeSecrets(options: PullOptions): string[] {
  const { headers, users, departments, tokenUrl, tokenParameters } = options;
  const names = [
    ...headers.map(({ name }) => name),
    ...[users?.url, departments?.url, tokenUrl].flatMap((url) =>
      url !== undefined && URL.canParse(url) ? [...new URL(url).searchParams.keys()] : [],
    ),
    ...Object.keys(tokenParameters),
  ];
  return [...new Set(names.filter((name) => LIKELY.test(name)))];
}
