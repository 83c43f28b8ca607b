/** Whoever opens an invitation sees for whom it is. Behind the `#`, which browsers send to nobody, after the token. */
export const withUsername = (link: string, username: string): string => `${link}:${encodeURIComponent(username)}`;

/** The token of an invitation, and whose it is where the link tells. `hash`: what stands behind the `#`. */
export function readInvitation(hash: string): { token: string; username: string | undefined } {
  const [token = '', encoded = ''] = hash.split(':');
  return { token, username: decoded(encoded) };
}

/** A link that was cut off in the middle may be no text any more. */
function decoded(encoded: string): string | undefined {
  try {
    return encoded === '' ? undefined : decodeURIComponent(encoded);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
