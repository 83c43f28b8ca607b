import { httpAnswer } from '../checks/http-answer';
import { type HttpAnswer, type HttpClient, type HttpRequest } from '../http';
import { isRollcallError, RollcallError } from '../errors';

const DEFAULT_SECONDS = 30;
const MAX_SECONDS = 300;
const DEFAULT_BYTES = 32 * 1024 * 1024;
const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** All that another origin gets to see after a redirect. */
const HARMLESS_HEADERS: ReadonlySet<string> = new Set(['accept', 'accept-language', 'user-agent']);

interface Step {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array | undefined;
}

/**
 * `context.http` for tests, on Node's own fetch: the promises of `HttpClient` but for the operator's rules, so that servers on
 * loopback can be asked. Stops with `signal`.
 */
export function testHttpClient(signal: AbortSignal): HttpClient {
  return async (address, request = {}) => {
    signal.throwIfAborted();
    const url = webAddress(address);
    const seconds = Math.min(request.timeoutSeconds ?? DEFAULT_SECONDS, MAX_SECONDS);
    const late = AbortSignal.timeout(seconds * 1000);
    try {
      return await follow({ url, ...sent(request) }, request, AbortSignal.any([signal, late]));
    } catch (error) {
      if (signal.aborted) throw signal.reason as Error;
      if (late.aborted) throw new RollcallError('network', `${url.host} did not answer within ${seconds} seconds.`);
      if (isRollcallError(error)) throw error;
      throw new RollcallError('network', `${url.host} cannot be reached: ${codeOf(error)}.`);
    }
  };
}

/** The address of a request. Throws `configuration`, and names nothing of it. */
export function webAddress(address: string | URL): URL {
  const text = String(address);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new RollcallError('configuration', 'The address is none like https://host/path, or holds a password.');
  }
  url.hash = '';
  return url;
}

function sent({ method = 'GET', headers = {}, body }: HttpRequest): Omit<Step, 'url'> {
  const byName = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { method: method.toUpperCase(), headers: { 'user-agent': 'Rollcall', ...Object.fromEntries(byName) }, body };
}

async function follow(
  first: Step,
  { followRedirects = true, maxBytes = DEFAULT_BYTES }: HttpRequest,
  stop: AbortSignal,
): Promise<HttpAnswer> {
  let step = first;
  for (let redirects = 0; ; redirects++) {
    const { url, method, headers, body } = step;
    const got = await fetch(url, {
      ...{ method, headers, signal: stop, redirect: 'manual' },
      ...(body !== undefined && { body }),
    });
    const location = followRedirects && REDIRECTS.has(got.status) ? got.headers.get('location') : null;
    if (location === null) {
      return httpAnswer(
        url,
        got.status,
        Object.fromEntries(got.headers),
        await collected(got.body, maxBytes, url.host),
      );
    }
    await got.body?.cancel();
    if (redirects === MAX_REDIRECTS) throw new RollcallError('bad_answer', `${first.url.host} redirects in circles.`);
    step = redirected(step, got.status, location);
  }
}

function redirected({ url: from, method, headers, body }: Step, status: number, location: string): Step {
  const url = webAddress(new URL(location, from));
  const same = url.origin === from.origin;
  const asGet = status === 303 || (status <= 302 && method === 'POST');
  if (!asGet && body !== undefined && !same) {
    throw new RollcallError(
      'configuration',
      `${from.host} redirects to another host, which is not sent what was meant for the first.`,
    );
  }
  const kept = Object.entries(headers).filter(([name]) => same || HARMLESS_HEADERS.has(name));
  return asGet
    ? {
        url,
        method: 'GET',
        headers: Object.fromEntries(kept.filter(([name]) => !name.startsWith('content-'))),
        body: undefined,
      }
    : { url, method, headers: Object.fromEntries(kept), body };
}

async function collected(body: AsyncIterable<Uint8Array> | null, maxBytes: number, host: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > maxBytes)
      throw new RollcallError('bad_answer', `The answer of ${host} is larger than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** The code of the first error below that has one; never its text, which may hold what was sent. */
function codeOf(error: unknown): string {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return 'the connection failed';
}
