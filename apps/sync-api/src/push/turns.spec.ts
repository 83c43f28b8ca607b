import { Turns } from './turns';

it('lets one source do one thing after the other, whatever became of that, and knows how much waits', async () => {
  const turns = new Turns();
  const done: string[] = [];
  let open = (): void => {};
  const first = turns.take(
    1,
    () => new Promise<void>((resolve) => (open = resolve)).then(() => done.push('first')),
    10,
  );
  const second = turns.take(1, () => Promise.reject(new Error('no')), 20);
  const third = turns.take(1, () => Promise.resolve(done.push('third')), 30);
  await turns.take(2, () => Promise.resolve(done.push('another source')));
  expect([turns.waiting(1), turns.waiting(2)]).toEqual([60, 0]);
  open();
  await first;
  await expect(second).rejects.toThrow('no');
  await third;
  expect(done).toEqual(['another source', 'first', 'third']);
  expect(turns.waiting(1)).toBe(0);
});
