/** Keeps the raw records of a task. Returns what takes them back, when there is no such task in the end. */
export type Archive = (taskId: number) => Promise<() => Promise<void>>;

/** A transaction that says when it came to nothing. */
interface Revocable {
  onRollback(takeBack: () => Promise<void>): void;
}

/**
 * Does work in a transaction while the records of its task are archived, and ends when both are done. When the transaction
 * comes to nothing they are taken back. A file that stays all the same, because nobody knows or the process was killed, is
 * trimmed by its age, and its task's number is given to no other.
 */
export async function archivedMeanwhile<T>(
  transaction: Revocable,
  archive: () => ReturnType<Archive>,
  work: () => Promise<T>,
): Promise<T> {
  // Postgres has something to do before this thread turns to the file.
  const working = work();
  const archiving = archive();
  // Both are waited for, whatever happens: nobody may go on with a connection that the other one still uses.
  const [, archived] = await Promise.allSettled([working, archiving]);
  if (archived.status === 'fulfilled') transaction.onRollback(archived.value);
  const result = await working;
  await archiving;
  return result;
}
