import type { AdapterContext, HttpAnswer } from '@rollcall/core';
import type { WebhookOptions } from './config';
import { nameOf } from './message';
import { signedHeaders } from './sign';

/** What is kept of an answer at most: it names what is refused, and nothing else. */
const ANSWER_MAX_BYTES = 1024 * 1024;

/** Posts one signed message. `body`: its JSON text; `id`: absent, it follows from the body. */
export function post(
  { options, http }: Pick<AdapterContext<WebhookOptions>, 'options' | 'http'>,
  body: string,
  id = nameOf(body),
): Promise<HttpAnswer> {
  const timestamp = Math.floor(Date.now() / 1000);
  return http(options.url, {
    method: 'POST',
    body,
    headers: {
      ...Object.fromEntries(options.headers.map(({ name, value }) => [name.toLowerCase(), value])),
      ...(options.authorization !== undefined && { authorization: options.authorization }),
      'content-type': 'application/json',
      accept: 'application/json',
      ...signedHeaders(options, { id, timestamp, body }),
    },
    maxBytes: ANSWER_MAX_BYTES,
    // A signed message is for the address that was entered, and a redirected POST often arrives as an empty GET.
    followRedirects: false,
  });
}
