import {
  Directory,
  expectLeft,
  expectOldOnes,
  expectRight,
  happen,
  type Happening,
  PEOPLE,
  STRANGER,
} from './test-support/directory';

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  );
}

/** In one read, in two, or in one for each. */
function cuts<Item>(items: readonly Item[]): Item[][][] {
  const middle = Math.ceil(items.length / 2);
  return [[[...items]], [items.slice(0, middle), items.slice(middle)], items.map((item) => [item])];
}

const STORIES: Record<string, Happening[]> = {
  'a chain of renames': [
    ['move', 'a'],
    ['rename', 'a', 'x'],
    ['rename', 'x', 'y'],
    ['move', 'y'],
  ],
  'a rename, and that one leaves': [
    ['rename', 'a', 'x'],
    ['move', 'x'],
    ['leave', 'x'],
  ],
  'a chain of renames, and that one leaves': [
    ['rename', 'a', 'x'],
    ['rename', 'x', 'y'],
    ['leave', 'y'],
    ['move', 'b'],
  ],
  'a rename, and somebody new with the earlier userid': [
    ['rename', 'a', 'x'],
    ['join', 'a'],
    ['move', 'a'],
    ['move', 'x'],
  ],
  'somebody joins, gets another userid, twice': [
    ['join', 'n'],
    ['rename', 'n', 'x'],
    ['rename', 'x', 'y'],
    ['move', 'y'],
  ],
  'somebody joins, gets another userid, and leaves': [
    ['join', 'n'],
    ['move', 'n'],
    ['rename', 'n', 'x'],
    ['leave', 'x'],
  ],
  'somebody gets the userid that another one gave up': [
    ['rename', 'a', 'x'],
    ['rename', 'b', 'a'],
    ['move', 'a'],
    ['move', 'x'],
  ],
  'one leaves, another one moves, a third one joins': [
    ['leave', 'a'],
    ['move', 'b'],
    ['join', 'n'],
    ['move', 'n'],
  ],
  'somebody leaves, and another one gets the userid': [
    ['leave', 'a'],
    ['rename', 'b', 'a'],
    ['move', 'a'],
  ],
  'somebody leaves, another one gets the userid, and somebody new that one': [
    ['leave', 'a'],
    ['rename', 'b', 'a'],
    ['join', 'b'],
  ],
  'somebody leaves, and is there again': [
    ['leave', 'a'],
    ['join', 'a'],
    ['move', 'a'],
  ],
  'somebody leaves, another one gets the userid, and leaves, too': [
    ['leave', 'a'],
    ['rename', 'b', 'a'],
    ['leave', 'a'],
  ],
  'a userid that goes from one to the next': [
    ['leave', 'a'],
    ['rename', 'b', 'a'],
    ['leave', 'a'],
    ['rename', 'c', 'a'],
  ],
  'somebody gets a new userid and leaves, and another one gets it': [
    ['rename', 'a', 'x'],
    ['leave', 'x'],
    ['rename', 'c', 'x'],
  ],
  'somebody leaves, somebody new joins and gets the userid': [
    ['leave', 'a'],
    ['join', 'n'],
    ['rename', 'n', 'a'],
    ['move', 'a'],
  ],
};

describe('callbacks in any order, in any number of reads', () => {
  test.each(Object.keys(STORIES))('%s', async (name) => {
    for (const order of permutations(happen(STORIES[name]!).callbacks.map((_, index) => index))) {
      for (const reads of cuts(order)) {
        const { wecom, callbacks } = happen(STORIES[name]!);
        const directory = new Directory(wecom);
        try {
          for (const read of reads) await directory.read(...read.flatMap((index) => callbacks[index]!));
          expectRight(directory, wecom);
          if (reads.length === 1) expectLeft(directory);
        } catch (error) {
          throw new Error(`${JSON.stringify(reads)}: ${(error as Error).message}`, { cause: error });
        }
      }
    }
  });

  test.each(Object.keys(STORIES))('and doubled: %s', async (name) => {
    const orders = permutations(happen(STORIES[name]!).callbacks.map((_, index) => index));
    // Some of them: without the doubles all are tried.
    for (const order of orders.filter((_, nth) => nth % 5 === 0)) {
      const { wecom, callbacks } = happen(STORIES[name]!);
      const directory = new Directory(wecom);
      for (const index of [...order, ...order.reverse()]) await directory.read(...callbacks[index]!);
      expectRight(directory, wecom);
    }
  });
});

test('a userid that is given up and taken within one second goes to the newcomer, whenever that is told', async () => {
  const story: Happening[] = [
    ['leave', 'a'],
    ['rename', 'b', 'a'],
    ['join', 'b'],
  ];
  for (const order of permutations([0, 1, 2])) {
    for (const reads of cuts(order)) {
      const { wecom, callbacks } = happen(story, () => '7');
      const directory = new Directory(wecom);
      for (const read of reads) await directory.read(...read.flatMap((index) => callbacks[index]!));
      expectRight(directory, wecom);
    }
  }
});

const TIMES: Record<string, (index: number) => string> = {
  'within one second': () => '7',
  'some time apart': (index) => String(index + 7),
};

describe('somebody whom Rollcall does not know gives up a userid, and who gets it keeps it', () => {
  const HEIRS: Record<string, Happening[]> = {
    'somebody new': [
      ['rename', STRANGER, 'x'],
      ['join', STRANGER],
    ],
    'an acquaintance': [
      ['rename', STRANGER, 'x'],
      ['rename', 'a', STRANGER],
    ],
  };
  describe.each(Object.keys(TIMES))('%s', (times) => {
    test.each(Object.keys(HEIRS))('%s, in whatever order the callbacks come, doubled', async (name) => {
      for (const order of permutations(happen(HEIRS[name]!).callbacks.map((_, index) => index))) {
        for (const reads of [
          ...cuts(order),
          ...cuts([...order, ...order]),
          ...cuts(order.flatMap((one) => [one, one])),
        ]) {
          const { wecom, callbacks } = happen(HEIRS[name]!, TIMES[times]);
          const directory = new Directory(wecom);
          for (const read of reads) await directory.read(...read.flatMap((index) => callbacks[index]!));
          expectRight(directory, wecom);
        }
      }
    });
  });
});

test('somebody new is found where they went, when another one has by then the userid with which they joined', async () => {
  const { wecom, callbacks } = happen([
    ['join', 'x'],
    ['rename', 'x', 'y'],
    ['rename', 'a', 'x'],
    ['rename', 'y', 'a'],
  ]);
  const directory = new Directory(wecom);
  await directory.read(...callbacks.slice(0, 3).flat());
  await directory.read(...callbacks[3]!);
  expectRight(directory, wecom);
});

describe('userids that people exchange', () => {
  const SWAPS: Record<string, Happening[]> = {
    'of two': [
      ['rename', 'a', 'x'],
      ['rename', 'b', 'a'],
      ['rename', 'x', 'b'],
    ],
    'of three': [
      ['rename', 'a', 'x'],
      ['rename', 'b', 'a'],
      ['rename', 'c', 'b'],
      ['rename', 'x', 'c'],
    ],
  };

  test.each(Object.keys(SWAPS))('%s, in whatever order the callbacks come', async (name) => {
    for (const order of permutations(happen(SWAPS[name]!).callbacks.map((_, index) => index))) {
      for (const reads of cuts([...order, ...order])) {
        for (const timeOf of Object.values(TIMES)) {
          const { wecom, callbacks } = happen(SWAPS[name]!, timeOf);
          const directory = new Directory(wecom);
          for (const read of reads) await directory.read(...read.flatMap((index) => callbacks[index]!));
          expectRight(directory, wecom);
        }
      }
    }
  });
});

describe('a userid that changes hands twice within one second', () => {
  const HANDS: Record<string, Happening[]> = {
    'somebody new has it and leaves, it goes to somebody, and theirs to somebody new': [
      ['join', 'x'],
      ['leave', 'x'],
      ['rename', 'a', 'x'],
      ['join', 'a'],
    ],
    'somebody new has it and leaves, and somebody else who is new gets it': [
      ['join', 'x'],
      ['leave', 'x'],
      ['join', 'n'],
      ['rename', 'n', 'x'],
    ],
    'one gets it and leaves, another one gets it': [
      ['rename', 'a', 'x'],
      ['leave', 'x'],
      ['rename', 'b', 'x'],
    ],
    'one gets it and leaves, another one gets it, and theirs go to newcomers': [
      ['rename', 'a', 'x'],
      ['leave', 'x'],
      ['rename', 'b', 'x'],
      ['join', 'a'],
      ['join', 'b'],
    ],
    'somebody new gets it and leaves, another one gets it, and theirs goes to somebody new': [
      ['join', 'n'],
      ['rename', 'n', 'x'],
      ['leave', 'x'],
      ['rename', 'a', 'x'],
      ['join', 'a'],
    ],
  };
  /** Everybody is in a department of their own: that tells who came last. */
  const departmentOf = (name: string): number =>
    name.startsWith('new') ? 20 + Number(name.slice('new '.length)) : 10 + 'ABCS'.indexOf(name);

  test.each(Object.keys(HANDS))('%s: in whatever order the callbacks come', async (name) => {
    const story = (): ReturnType<typeof happen> => happen(HANDS[name]!, () => '7', departmentOf);
    for (const order of permutations(story().callbacks.map((_, index) => index))) {
      for (const reads of [
        ...cuts(order),
        [order.slice(0, 1), order.slice(1)],
        ...cuts([...order, ...order]).slice(2),
      ]) {
        const { wecom, callbacks } = story();
        const directory = new Directory(wecom);
        for (const read of reads) await directory.read(...read.flatMap((index) => callbacks[index]!));
        try {
          expectOldOnes(directory, wecom);
        } catch (error) {
          throw new Error(`${JSON.stringify(reads)}: ${(error as Error).message}`, { cause: error });
        }
      }
    }
  });
});

/** So that a run can be repeated. */
function randomly(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_507) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

/** What may happen with few userids, so that they change hands again and again. */
function randomStory(random: (below: number) => number): Happening[] {
  const story: Happening[] = [];
  const here = new Set(PEOPLE);
  /** Who had it last left, so whoever joins is that one again. */
  const left = new Set<string>();
  const used = new Set(PEOPLE);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[random(items.length)];
  let fresh = 0;
  while (story.length < 3 + random(4)) {
    const somebody = pick([...here]);
    const free = pick([...used, `f${fresh}`].filter((userid) => !here.has(userid)));
    const what = random(10);
    if (what < 3 && somebody !== undefined && here.size > 1) {
      story.push(['leave', somebody]);
      here.delete(somebody);
      left.add(somebody);
    } else if (what < 4 && somebody !== undefined) {
      story.push(['move', somebody]);
    } else if (free !== undefined) {
      if (what < 8 && somebody !== undefined) {
        story.push(['rename', somebody, free]);
        here.delete(somebody);
        left.delete(free);
      } else {
        story.push(['join', free]);
        left.delete(free);
      }
      here.add(free);
      used.add(free);
      fresh++;
    }
  }
  return story;
}

describe('whatever happens', () => {
  const seeds = Array.from({ length: 150 }, (_, seed) => seed);

  /** `meanwhile`: each read sees the company as it is then; else as it is in the end. */
  async function follow(story: Happening[], reads: readonly number[][], meanwhile: boolean): Promise<void> {
    const { wecom, callbacks } = happen(story);
    const directory = new Directory(wecom);
    try {
      for (const read of reads) {
        if (meanwhile) directory.wecom = happen(story.slice(0, Math.max(...read) + 1)).wecom;
        await directory.read(...read.flatMap((index) => callbacks[index]!));
      }
      expectRight(directory, wecom);
    } catch (error) {
      throw new Error(`${JSON.stringify({ story, reads })}: ${(error as Error).message}`, { cause: error });
    }
  }

  test('is followed in order, in any number of reads', async () => {
    for (const seed of seeds) {
      const story = randomStory(randomly(seed));
      for (const reads of cuts(story.map((_, index) => index))) await follow(story, reads, true);
    }
  });

  test('is followed in any order, doubled, in one read', async () => {
    for (const seed of seeds) {
      const random = randomly(seed);
      const story = randomStory(random);
      const order = story.map((_, index) => index).sort(() => random(3) - 1);
      await follow(story, [[...order, ...order.slice(random(order.length))]], false);
    }
  });
});
