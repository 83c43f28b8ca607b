/** Lets work of one source run one after the other within this process, in order of arrival. */
export class Turns {
  private readonly last = new Map<number, Promise<unknown>>();
  private readonly sizes = new Map<number, number>();

  /** The size of all work of a source that runs or waits here. */
  waiting(sourceId: number): number {
    return this.sizes.get(sourceId) ?? 0;
  }

  async take<T>(sourceId: number, work: () => Promise<T>, size = 1): Promise<T> {
    const before = this.last.get(sourceId) ?? Promise.resolve();
    // Whether the one before succeeded is its own caller's business.
    const mine = before.then(work, work);
    this.last.set(sourceId, mine);
    this.sizes.set(sourceId, this.waiting(sourceId) + size);
    try {
      return await mine;
    } finally {
      this.sizes.set(sourceId, this.waiting(sourceId) - size);
      if (this.last.get(sourceId) === mine) {
        this.last.delete(sourceId);
        this.sizes.delete(sourceId);
      }
    }
  }
}
