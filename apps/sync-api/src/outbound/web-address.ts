import { RollcallError } from '@rollcall/core';

/**
 * An address that may be asked, as far as its text tells. Throws `configuration`; `subject` begins its message. The
 * message names nothing of the address: what cannot be read may hold a password anywhere.
 */
export function readAddress(address: string | URL, subject: string): URL {
  const refuse = (what: string): RollcallError => new RollcallError('configuration', `${subject} ${what}.`);
  // A copy: the caller's may be changed while we wait.
  const text = String(address);
  if (!URL.canParse(text)) throw refuse('cannot be read: it must look like https://host/path');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refuse('begins with neither https:// nor http://');
  if (url.username !== '' || url.password !== '') {
    throw refuse('holds a user name or a password: these belong into fields of their own');
  }
  url.hash = '';
  return url;
}
