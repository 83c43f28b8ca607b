const MOST_MS = 3_000;

/** A probe that waits longer than its caller says nothing: no answer in three seconds is an answer. */
export async function withinTime<T>(attempt: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${MOST_MS / 1_000} seconds`)), MOST_MS);
  });
  try {
    return await Promise.race([attempt, late]);
  } finally {
    clearTimeout(timer);
  }
}
