/**
 * Where to go after signing in: the address asked for before, when it is one of ours. What looks like another site
 * (`//evil.example`, `\\evil.example`, `javascript:…`) is not followed.
 */
export function returnAddress(from: string | undefined, origin: string = window.location.origin): string {
  const home = '/';
  if (!from?.startsWith('/')) return home;
  const url = URL.canParse(from, origin) ? new URL(from, origin) : undefined;
  if (url?.origin !== origin || url.pathname === '/sign-in') return home;
  return url.pathname + url.search + url.hash;
}
