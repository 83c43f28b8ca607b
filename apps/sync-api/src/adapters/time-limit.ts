import { RollcallError } from '@rollcall/core';

/**
 * Runs foreign code that may never come back: after `seconds` its signal is aborted and the wait is over with `message`.
 * Code that ignores the signal goes on unheard; what it does afterwards is lost.
 */
export async function withTimeLimit<T>(
  seconds: number,
  message: string,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const error = new RollcallError('network', message);
      reject(error);
      controller.abort(error);
    }, seconds * 1000);
  });
  try {
    return await Promise.race([run(controller.signal), limit]);
  } finally {
    clearTimeout(timer);
  }
}
