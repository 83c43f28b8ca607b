import { type HttpAnswer, RollcallError } from '@rollcall/core';

/** The message is too much at once, or something in it is refused. */
export const isAboutContent = ({ status }: HttpAnswer): boolean => status === 413 || status === 422;

/** What a status says of a message as a whole; undefined: it was taken. */
export function statusError({ status, url, retryAfter }: HttpAnswer): RollcallError | undefined {
  if (status >= 200 && status < 300) return undefined;
  const said = `${new URL(url).host} answered ${status}`;
  switch (status) {
    case 401:
    case 403:
      return new RollcallError(
        'credentials',
        `${said}: it does not take messages with this signature. Enter the secret that the receiver knows, or what it wants as Authorization.`,
        { field: 'secret' },
      );
    case 404:
      return new RollcallError(
        'network',
        `${said}: there is nothing at this address at present. Correct it if it is wrong.`,
        { field: 'url' },
      );
    case 408:
    case 425:
      return new RollcallError('network', `${said}: it gave up waiting for the message.`);
    case 410:
      return new RollcallError(
        'configuration',
        `${said}: it wants no more messages. Enter another address, or switch the target off.`,
        { field: 'url' },
      );
    case 429:
    case 503:
      return busy(said, retryAfter);
  }
  if (status >= 500) return new RollcallError('network', `${said}: it has trouble of its own.`);
  return new RollcallError(
    'configuration',
    status >= 300 && status < 400
      ? `${said}, a redirect, which is not followed. Enter the address where the receiver really is.`
      : `${said}: it does not understand the message. Is this the address of a receiver for these webhooks?`,
    { field: 'url' },
  );
}

function busy(said: string, retryAfter: number | undefined): RollcallError {
  const until = retryAfter === undefined ? '' : `; it asks to come again in ${retryAfter} seconds`;
  return new RollcallError('vendor_busy', `${said}: it is busy${until}.`, { retryAfter });
}
