import { type HttpAnswer, RollcallError } from '@rollcall/core';

/** Where an admin looks when an answer says no. */
export interface Blame {
  /** What was asked, as in "users". */
  what: string;
  /** The option with its address. */
  address: string;
  /** The option with the secret that was shown. */
  credentials: string;
}

/** The error that a status stands for; undefined for one that means success. */
export function statusError({ status, retryAfter, url }: HttpAnswer, blame: Blame): RollcallError | undefined {
  const { host } = new URL(url);
  const said = `${blame.what}: ${host} answered ${status}`;
  // Whatever it says is not the answer yet.
  if (status === 202) return new RollcallError('vendor_busy', `${said}: it is not ready yet.`, { retryAfter });
  if (status >= 200 && status < 300) return undefined;
  switch (status) {
    case 401:
      return new RollcallError('credentials', `${said}: it does not take the credentials.`, {
        field: blame.credentials,
      });
    case 403:
      return new RollcallError('permission', `${said}: these credentials may not read this.`, { field: blame.address });
    case 404:
    case 410:
      return new RollcallError('configuration', `${said}: there is nothing at this address.`, { field: blame.address });
    case 429:
    case 503: {
      const until = retryAfter === undefined ? '' : `; it asks to come again in ${retryAfter} seconds`;
      return new RollcallError('vendor_busy', `${said}: it is busy${until}.`, { retryAfter });
    }
    case 408:
      return new RollcallError('read_interrupted', `${said}.`);
  }
  if (status >= 500) return new RollcallError('read_interrupted', `${said}: it has trouble of its own.`);
  if (status >= 400) {
    return new RollcallError('configuration', `${said}: it does not understand the request.`, { field: blame.address });
  }
  return new RollcallError('bad_answer', `${said}, which is no answer to this request.`);
}
