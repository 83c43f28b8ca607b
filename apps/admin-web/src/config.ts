/**
 * Where the HTTP API is, without a trailing slash: the `rollcall-api` meta tag of index.html, which whoever hosts these
 * pages apart from the service may write without building them anew. Empty means this page's own origin.
 */
export const API_BASE = (document.querySelector<HTMLMetaElement>('meta[name="rollcall-api"]')?.content ?? '')
  .trim()
  .replace(/\/+$/, '');

/** The address that people outside this page use for the service. */
export const SERVICE_ADDRESS = API_BASE || window.location.origin;
