/** Failures of connections in words that an admin can act on. Codes of Node, OpenSSL and undici. */
const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no host of this name',
  ENODATA: 'this host name has no address',
  EAI_AGAIN: 'the name could not be looked up, the name server does not answer',
  ECONNREFUSED: 'the connection is refused, nothing listens there',
  ECONNRESET: 'the connection broke off',
  EPIPE: 'the connection broke off',
  EHOSTUNREACH: 'there is no way to this host',
  ENETUNREACH: 'there is no way to this network',
  ETIMEDOUT: 'no connection came about in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection came about in time',
  UND_ERR_SOCKET: 'the connection broke off',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer is shorter than announced',
  UND_ERR_HEADERS_OVERFLOW: 'the headers of the answer are too large',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate was issued by an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate was issued by an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate was issued by an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate was issued by an authority that is not trusted here',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_REVOKED: 'its certificate was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there; is it http:// instead of https://?',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS there; is it http:// instead of https://?',
  EPROTO: 'TLS could not be agreed on',
};

/** What an operator does about a certificate that is not trusted. */
const TRUST = 'The operator can make its authority known with NODE_EXTRA_CA_CERTS=<file>.';
const UNTRUSTED = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_)/;

/** Why a host could not be talked to. Never the text of the error: it may hold what was sent. */
export function networkReason(host: string, error: unknown): string {
  const code = codeOf(error);
  const reason = REASONS[code] ?? otherReason(code);
  return `${host} cannot be reached: ${reason}.${UNTRUSTED.test(code) ? ` ${TRUST}` : ''}`;
}

function otherReason(code: string): string {
  if (code.startsWith('HPE_')) return 'what it sends is not HTTP';
  if (code.startsWith('ERR_SSL_')) return `TLS could not be agreed on (${code})`;
  return code === '' ? 'the connection failed' : `the connection failed (${code})`;
}

/**
 * The code of an error, or of the first one below it that has one; empty when none has. An error is told by its shape: it
 * may come from another realm.
 */
export function codeOf(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null || depth > 5) return '';
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === 'string') return code;
  return codeOf(Array.isArray(errors) ? errors[0] : cause, depth + 1);
}
