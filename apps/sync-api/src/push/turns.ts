/** Lets work of one source run one after the other within this process, in order of arrival. */
export class Turns {
  private readonly last = new Map<number, Promise<unknown>>();

  async take<T>(sourceId: number, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(sourceId) ?? Promise.resolve();
    // Whether the one before succeeded is its own caller's business.
    const mine = before.then(work, work);
    this.last.set(sourceId, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(sourceId) === mine) this.last.delete(sourceId);
    }
  }
}
