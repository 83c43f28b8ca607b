/**
 * Runs work until it is done, `signal` is aborted or its time is over, and does not wait for work that does not listen:
 * a connection that is being made cannot be called back. `late` makes the error for the last case.
 */
export async function withDeadline<T>(
  { seconds, signal, late }: { seconds: number; signal: AbortSignal; late: () => Error },
  work: (stop: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const stop = new AbortController();
  const cut = new Promise<never>((_resolve, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason as Error), { once: true });
  });
  const cancel = (): void => stop.abort(signal.reason);
  const timer = setTimeout(() => stop.abort(late()), seconds * 1000);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await Promise.race([work(stop.signal), cut]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}
