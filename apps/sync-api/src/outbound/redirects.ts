import { RollcallError } from '@rollcall/core';
import { readAddress } from './web-address';

/** One request on its way through redirects. */
export interface Step {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array | undefined;
}

/** More of them are taken for a circle. */
export const MAX_REDIRECTS = 5;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * All that another origin gets to see. Authorization and cookies are what must not leak, but so is a key in a header that
 * only its vendor knows the name of.
 */
const HARMLESS_HEADERS = new Set(['accept', 'accept-encoding', 'accept-language', 'user-agent']);

/** Where an answer sends the request; undefined for one that does not. */
export function redirectOf(status: number, headers: Readonly<Record<string, string>>): string | undefined {
  return REDIRECTS.has(status) ? headers['location'] : undefined;
}

/** The request that a redirect asks for, changed as browsers change it. */
export function redirected(step: Step, status: number, location: string): Step {
  if (!URL.canParse(location, step.url.href)) {
    throw new RollcallError('bad_answer', `${step.url.host} redirects to something that is no address.`);
  }
  const url = readAddress(new URL(location, step.url), `${step.url.host} redirects to an address that`);
  const same = url.origin === step.url.origin;
  const asGet = (status === 303 && step.method !== 'HEAD') || (status <= 302 && step.method === 'POST');
  if (!asGet && step.body !== undefined && !same) {
    throw new RollcallError(
      'configuration',
      `${step.url.host} redirects to ${url.origin}, which is not sent what was meant for the first. Enter the new address.`,
    );
  }
  const kept = Object.entries(step.headers).filter(([name]) => same || HARMLESS_HEADERS.has(name));
  const headers = Object.fromEntries(asGet ? kept.filter(([name]) => !name.startsWith('content-')) : kept);
  return asGet ? { url, method: 'GET', headers, body: undefined } : { ...step, url, headers };
}
