/** One request of an adapter over HTTP. */
export interface HttpRequest {
  /** `GET` when absent. */
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Until the whole answer must be here. 30 when absent, at most 300. */
  timeoutSeconds?: number;
  /** The largest body that is taken, unpacked. 32 MiB when absent. */
  maxBytes?: number;
  /** Follow redirects, five at most; each address is checked like the first. Absent: yes. */
  followRedirects?: boolean;
}

/** What the other side answered, whole. */
export interface HttpAnswer {
  status: number;
  /** By lower-case name; several of one name are joined by `, `. */
  headers: Readonly<Record<string, string>>;
  /** The address that answered in the end. */
  url: string;
  body: Uint8Array;
  /** In how many seconds it asks to come again (`Retry-After`, a number or a date), for `RollcallError`. */
  retryAfter: number | undefined;
  /** The body as UTF-8. */
  text(): string;
  /** The body as JSON. Throws `bad_answer` when it is none. */
  json(): unknown;
}

/**
 * Asks another system. Use this and nothing else for every address that an admin can type: it keeps the operator's rules
 * for addresses (private, loopback and link-local ones are refused, also behind a name or a redirect), the proxy, and
 * limits of time and size. Stops when the adapter's `signal` is aborted. Any status is an answer. Throws a `RollcallError`
 * that holds neither the query of the address nor a header:
 *
 * - `configuration`: the address is none, or not allowed; the message says what an operator can do;
 * - `network`: nobody answers, the connection breaks off, or the time is over;
 * - `bad_answer`: the answer is larger than `maxBytes`, or redirects in circles.
 */
export type HttpClient = (url: string | URL, request?: HttpRequest) => Promise<HttpAnswer>;
