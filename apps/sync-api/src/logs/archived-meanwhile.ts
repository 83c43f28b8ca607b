/** Keeps the raw records of a task. Returns what takes them back, when there is no such task in the end. */
export type Archive = (taskId: number) => Promise<() => Promise<void>>;

/**
 * Does work in a transaction while the records of its task are archived, and ends when both are done. What fails takes the
 * archive back: there is no such task then. A file that stays all the same is trimmed by its age, and its task's number is
 * given to no other.
 */
export async function archivedMeanwhile<T>(archiving: ReturnType<Archive>, work: () => Promise<T>): Promise<T> {
  const working = work();
  // Both are waited for, whatever happens: nobody may go on with a connection that the other one still uses.
  const [worked, archived] = await Promise.allSettled([working, archiving]);
  if (worked.status === 'rejected' && archived.status === 'fulfilled') await archived.value();
  const result = await working;
  await archiving;
  return result;
}
