/**
 * The `code` of a thrown thing: a system error's `ENOENT`, a SQLSTATE, a code of ours. It does not ask for
 * `instanceof Error`, because errors of Node's own modules are of another realm under jest.
 */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
