/**
 * Does `work` for each item, at most `limit` at a time, and yields the results in the order of the items. Takes no new item
 * before a result is asked for. When one fails, or nobody asks any more, no further work is begun, and what is on its way is
 * waited for: nothing goes on by itself once this has ended.
 */
export async function* inParallel<Item, Result>(
  items: Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  // Settled: one that fails while another one is waited for is told when it is its turn.
  const coming: Promise<[PromiseSettledResult<Result>]>[] = [];
  try {
    for (const item of items) {
      coming.push(Promise.allSettled([work(item)]));
      if (coming.length >= limit) yield await first(coming);
    }
    while (coming.length > 0) yield await first(coming);
  } finally {
    await Promise.all(coming);
  }
}

async function first<Result>(coming: Promise<[PromiseSettledResult<Result>]>[]): Promise<Result> {
  const [outcome] = (await coming.shift()) ?? [];
  if (outcome?.status === 'fulfilled') return outcome.value;
  throw outcome?.reason as unknown;
}
