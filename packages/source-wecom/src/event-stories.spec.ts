import { Directory, expectLeft, expectRight, happen, type Happening, peopleOf } from './test-support/directory';

/** All stories of so many events: of a and b, of newcomers, and of two userids that nobody has at the beginning. */
function stories(length: number): Happening[][] {
  const found: Happening[][] = [];
  const go = (story: Happening[], here: readonly string[], used: readonly string[]): void => {
    if (story.length === length) {
      found.push(story);
      return;
    }
    const fresh = ['x', 'y'].find((userid) => !used.includes(userid));
    const free = [...used.filter((userid) => !here.includes(userid)), ...(fresh === undefined ? [] : [fresh])];
    const usedWith = (userid: string): string[] => [...new Set([...used, userid])];
    for (const userid of here) {
      const others = here.filter((other) => other !== userid);
      if (others.length > 0) go([...story, ['leave', userid]], others, used);
      for (const to of free) go([...story, ['rename', userid, to]], [...others, to], usedWith(to));
    }
    for (const userid of free) go([...story, ['join', userid]], [...here, userid], usedWith(userid));
  };
  go([], ['a', 'b'], ['a', 'b']);
  // What begins with b is the same with the names exchanged.
  return found.filter((story) => story.flat().find((word) => word === 'a' || word === 'b') !== 'b');
}

/** All ways in which events come in several reads. */
function cuts(length: number): number[][][] {
  return Array.from({ length: 1 << (length - 1) }, (_, where) => {
    const reads = [[0]];
    for (let index = 1; index < length; index++) {
      if (where & (1 << (index - 1))) reads.push([index]);
      else reads.at(-1)!.push(index);
    }
    return reads;
  });
}

interface Run {
  story: Happening[];
  reads: readonly number[][];
}

const THOROUGH = process.env['ROLLCALL_THOROUGH'] === '1';

/** All of three events, and of four every so many, or all of them. */
const runs: Run[] = [3, 4].flatMap((length) =>
  stories(length)
    .filter((_, nth) => length === 3 || THOROUGH || nth % 40 === 0)
    .flatMap((story) => cuts(length).map((reads) => ({ story, reads }))),
);

/** Tries each and tells which one failed. */
async function each(all: readonly Run[], check: (run: Run) => Promise<void>): Promise<void> {
  for (const run of all) {
    try {
      await check(run);
    } catch (error) {
      throw new Error(`${JSON.stringify(run)}: ${(error as Error).message}`, { cause: error });
    }
  }
}

/** Whoever is there is there once, as they are now, and those who were known from the beginning by the record that is theirs. */
function expectNobodyMixedUp({ records }: Directory, { wecom }: ReturnType<typeof happen>): void {
  const here = [...records].filter(([, { gone }]) => !gone);
  expect(here.map(([uid, { name }]) => [uid, name]).sort()).toEqual(peopleOf(wecom).sort());
  const others = here.filter(([, { first, name }]) => first !== name);
  expect(others.filter(([, { name }]) => !name.startsWith('new'))).toEqual([]);
}

describe('every story that is told in order', () => {
  test('ends with everybody as who they are, and is the same with the next full read', async () => {
    await each(runs, async ({ story, reads }) => {
      const end = happen(story);
      const directory = new Directory(end.wecom);
      for (const read of reads) {
        directory.wecom = happen(story.slice(0, read.at(-1)! + 1)).wecom;
        await directory.read(...read.flatMap((index) => end.callbacks[index]!));
      }
      expectRight(directory, end.wecom);
      expectLeft(directory);
      await directory.readAll();
      expectRight(directory, end.wecom);
      expectLeft(directory);
    });
  });

  test('ends well when WeCom is ahead of what was told, too', async () => {
    await each(runs, async ({ story, reads }) => {
      const end = happen(story);
      const directory = new Directory(end.wecom);
      for (const read of reads) await directory.read(...read.flatMap((index) => end.callbacks[index]!));
      expectNobodyMixedUp(directory, end);
      await directory.readAll();
      expectNobodyMixedUp(directory, end);
    });
  });

  test('ends well when a full read comes before it was told', async () => {
    await each(runs, async ({ story, reads }) => {
      const end = happen(story);
      const directory = new Directory(end.wecom);
      directory.hear(...reads.flat().flatMap((index) => end.callbacks[index]!));
      await directory.readAll();
      expectRight(directory, end.wecom);
      expectLeft(directory);
    });
  });
});

test('whatever was lost, doubled or told in another order, the next full read leaves nobody twice and nobody out', async () => {
  const some = runs.filter((_, nth) => THOROUGH || nth % 5 === 0);
  await each(some, async ({ story, reads }) => {
    for (const lost of story.keys()) {
      const end = happen(story);
      const directory = new Directory(end.wecom);
      const told = reads.map((read) => read.filter((index) => index !== lost)).reverse();
      for (const read of [...told, ...told.slice(0, 1)]) {
        await directory.read(...read.flatMap((index) => end.callbacks[index]!));
      }
      await directory.readAll();
      const here = [...directory.records].filter(([, { gone }]) => !gone).map(([uid, { name }]) => [uid, name]);
      expect(here.sort()).toEqual(peopleOf(end.wecom).sort());
    }
  });
});
