import { randomInt } from 'node:crypto';
import { encrypt, signatureOf } from './crypto.mjs';
import { envelopeOf } from './messages.mjs';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/** Where callbacks go: refuses every address beyond this machine. */
export function checkCallbackUrl(url) {
  if (!URL.canParse(url)) throw new Error('The address of a callback is not a URL.');
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'http:' || !LOOPBACK.test(hostname)) {
    throw new Error('The fake calls back only on this machine: http://127.0.0.1:<port>/…');
  }
}

/**
 * Asks a new callback address to decrypt a text. Returns what is wrong with the answer, or undefined. `settings` are those
 * of `callbacks`.
 */
export async function verifyCallback({ url, token, encodingAesKey }, corpId, seconds, settings, signal) {
  const text = String(randomInt(2 ** 47));
  // The text that is asked for always has a "+" and a "/" in it, which a careless receiver decodes wrongly.
  let echostr;
  do echostr = encrypt(encodingAesKey, text, corpId);
  while (!echostr.includes('+') || !echostr.includes('/'));
  const query = signedQuery(token, seconds, echostr);
  const echo = settings.rawPlus ? echostr : encodeURIComponent(echostr);
  const answer = await ask(`${withQuery(url, query)}&echostr=${echo}`, {}, settings.verifyTimeoutMs, signal);
  if (answer.error) return answer.error;
  if (answer.status !== 200) return `it answered with status ${answer.status}`;
  return answer.text === text ? undefined : 'it did not answer with the decrypted text, and only that';
}

/** One request with an encrypted message; sending it again is the same bytes. */
export function sealedRequest({ url, token, encodingAesKey }, message, corpId, seconds, settings) {
  const encrypted = encrypt(encodingAesKey, message, corpId);
  return {
    url: withQuery(url, signedQuery(token, seconds, encrypted)),
    body: envelopeOf(corpId, encrypted, settings),
    contentType: settings.body === 'json' ? 'application/json' : 'text/xml',
  };
}

/** Sends it once: `{ status }`, or `{ error }` when nobody answered in time. */
export async function post({ url, body, contentType }, timeoutMs, signal) {
  const request = { method: 'POST', headers: { 'Content-Type': contentType }, body };
  return ask(url, request, timeoutMs, signal);
}

async function ask(url, request, timeoutMs, closed) {
  const signal = AbortSignal.any([closed, AbortSignal.timeout(timeoutMs)]);
  try {
    const answer = await fetch(url, { ...request, redirect: 'manual', signal });
    return { status: answer.status, text: await answer.text() };
  } catch (error) {
    if (error.name === 'TimeoutError') return { error: `no answer within ${timeoutMs} ms` };
    return { error: error.cause?.code ?? error.message };
  }
}

function signedQuery(token, seconds, encrypted) {
  const timestamp = String(seconds);
  const nonce = String(randomInt(1_000_000_000));
  return new URLSearchParams({ msg_signature: signatureOf(token, timestamp, nonce, encrypted), timestamp, nonce });
}

function withQuery(url, query) {
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}
