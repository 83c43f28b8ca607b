import { isRollcallError, RollcallError } from '@rollcall/core';
import { foreignText } from '../adapters/foreign-text';

/** Stops waiting when the task is cancelled or lost, even for an adapter that does not listen. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    // It may still fail, and nobody waits for it any more.
    void Promise.allSettled([work]);
    throw abortReason(signal);
  }
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(abortReason(signal));
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}

/** Why a run was stopped. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error
    ? signal.reason
    : new RollcallError('read_interrupted', 'The task was stopped.');
}

export const FIELD_LENGTH = 255;

/** What an adapter throws is foreign text: it is kept, without the secrets that the adapter was given. */
export function foreignError(error: unknown, secrets: readonly string[]): RollcallError {
  const message = foreignText(error instanceof Error ? error.message : String(error), secrets);
  return isRollcallError(error)
    ? new RollcallError(error.code, message, {
        field: error.field === undefined ? undefined : foreignText(error.field, secrets).slice(0, FIELD_LENGTH),
        retryAfter: error.retryAfter,
      })
    : new RollcallError('internal', `The adapter failed unexpectedly: ${message}`);
}
