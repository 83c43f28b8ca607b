/** Headers that hold nothing but credentials. */
const HEADERS = ['authorization', 'proxy-authorization', 'cookie'];

/** The same among the parameters of an address or of a form (RFC 6749, RFC 6750). */
const PARAMETERS = ['access_token', 'refresh_token', 'client_secret', 'client_assertion', 'password'];

/** A pattern for any of some words. JSON Schema has no flag for capitals. */
const anyCase = (words: readonly string[]): string =>
  `(?:${words.join('|').replaceAll(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`)})`;

/**
 * For options that are stored and shown in clear, as `not` of their schema: what it refuses holds nothing but credentials. Who is
 * refused reads the schema's `description`, which should say where the credential belongs instead.
 */
export const NO_CREDENTIAL = {
  header: { pattern: `^${anyCase(HEADERS)}$` },
  parameter: { pattern: `^${anyCase(PARAMETERS)}$` },
  /** A name or a password before the host, or one of the parameters. */
  address: { pattern: `^[^:]+:[/\\\\]*[^/?#\\\\]*@|[?&]${anyCase(PARAMETERS)}=` },
} as const;
