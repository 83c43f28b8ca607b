import { type Clock, Pace, pause } from './pace';

const forever = new AbortController().signal;

/** A clock on which waiting takes no time. */
class QuickClock implements Clock {
  private time = 0;

  now(): number {
    return this.time;
  }

  async pause(milliseconds: number): Promise<void> {
    const until = this.time + milliseconds;
    await Promise.resolve();
    this.time = Math.max(this.time, until);
  }
}

test.each([1, 7, 60, 1_000])('in no minute are there more than %i calls', async (ratePerMinute) => {
  const clock = new QuickClock();
  const pace = new Pace(clock);
  pace.set({ ratePerMinute, concurrency: 4 });
  const began: number[] = [];
  const call = (): Promise<unknown> => pace.run(forever, async () => began.push(clock.now()));
  await Promise.all(Array.from({ length: 3 * ratePerMinute }, call));
  expect(began).toHaveLength(3 * ratePerMinute);
  for (const [index, time] of began.entries()) {
    expect(began.slice(index).filter((later) => later - time < 60_000).length).toBeLessThanOrEqual(ratePerMinute);
  }
  expect(began.at(-1)).toBeLessThan(4 * 60_000);
});

test('nothing begins while the vendor wants to be left alone', async () => {
  const clock = new QuickClock();
  const pace = new Pace(clock);
  pace.set({ ratePerMinute: 1_000, concurrency: 4 });
  pace.pause(60_000);
  expect(await pace.run(forever, async () => clock.now())).toBe(60_000);
});

test('whoever waits is told when it is stopped, and its place goes to the next one', async () => {
  const pace = new Pace();
  pace.set({ ratePerMinute: 10_000, concurrency: 1 });
  const stop = new AbortController();
  let release = (): void => undefined;
  const first = pace.run(forever, () => new Promise<void>((resolve) => (release = resolve)));
  const second = pace.run(stop.signal, () => Promise.resolve('second'));
  const third = pace.run(forever, () => Promise.resolve('third'));
  stop.abort(new Error('stopped'));
  await expect(second).rejects.toThrow('stopped');
  await expect(pace.run(stop.signal, () => Promise.resolve())).rejects.toThrow('stopped');
  release();
  await first;
  await expect(third).resolves.toBe('third');
});

test('a pause ends with the reason of its signal', async () => {
  const stop = new AbortController();
  const waiting = pause(60_000, stop.signal);
  stop.abort(new Error('cancelled'));
  await expect(waiting).rejects.toThrow('cancelled');
});
