import type { EventContext, Hint, OpenHints, Page, UserRecord } from '@rollcall/core';
import { createWecomSource } from './adapter';
import { hintsIn } from './callback-hints';
import type { WecomOptions } from './config';
import { toHint, type WecomHint } from './hints';
import { contextFor, freshOptions, reset, ScriptedWecom } from './test-support/scripted-wecom';

const wecomSource = createWecomSource({ backoff: 1, block: 20 });

let wecom: ScriptedWecom;

beforeEach(() => {
  wecom = new ScriptedWecom();
});

/** Userids of which Rollcall has no record; it has one of all others. */
let unknown: string[] = [];
/** Of some of these the record is that of somebody who left. */
let gone: string[] = [];
/** What the last read left open. */
let open: OpenHints = { hints: [], again: false };

beforeEach(() => {
  unknown = [];
  gone = [];
});

async function read(options: WecomOptions, ...said: (WecomHint | Hint)[]): Promise<Page[]> {
  return readWithin('event', options, ...said);
}

async function readWithin(
  within: EventContext['within'],
  options: WecomOptions,
  ...said: (WecomHint | Hint)[]
): Promise<Page[]> {
  const hints = said.map((hint) => ('key' in hint ? hint : toHint(hint)));
  const known: EventContext['known'] = async (_dataType, uids) =>
    new Map(uids.filter((uid) => !unknown.includes(uid)).map((uid) => [uid, gone.includes(uid) ? 'gone' : 'there']));
  const { context } = contextFor(options, wecom.http);
  const reading = wecomSource.events!.read({ ...context, hints, within, known });
  const pages: Page[] = [];
  for (;;) {
    const next = await reading.next();
    if (next.done) {
      open = next.value ?? { hints: [], again: false };
      return pages;
    }
    pages.push(next.value);
  }
}

const users = (pages: Page[]): UserRecord[] =>
  pages.flatMap((page) => (page.dataType === 'user' ? ((page.records ?? []) as UserRecord[]) : []));

const departments = (pages: Page[]): unknown[] =>
  pages.flatMap((page) => (page.dataType === 'department' ? (page.records ?? []) : []));

const user = (userid: string, ...in_: number[]): WecomHint => ({ kind: 'user', userid, departments: in_ });
const byId = (uid: string, ...departments: string[]): UserRecord => ({
  ...{ uid, isDeleted: 'unknown' },
  departments: departments.map((department) => ({ uid: department, flags: 'unknown' })),
});

const left = (userid: string, at?: string): WecomHint => ({
  kind: 'user-left',
  userid,
  ...(at !== undefined && { at }),
});
const joined = (userid: string, at?: string): WecomHint => ({
  ...{ kind: 'user-joined', userid },
  ...(at !== undefined && { at }),
});

describe('a member of whom a callback told', () => {
  test('is read as they are now', async () => {
    expect(users(await read(freshOptions('both'), user('lisi')))).toEqual([
      { uid: 'lisi', nickname: '李四', isDisabled: false, departments: [{ uid: '2', isMain: true }] },
    ]);
    expect(wecom.count('user/list_id')).toBe(0);
  });

  test('is read once, however many callbacks there were', async () => {
    await read(freshOptions('both'), user('lisi'), user('LISI', 2), joined('lisi'), left('lisi'), user('lisi'));
    expect(wecom.count('user/get')).toBe(1);
  });

  test('whom contacts sync does not list has left, or another userid: a callback will tell, or the next full read', async () => {
    wecom.company.remove('lisi');
    expect(users(await read(freshOptions('both'), user('lisi')))).toEqual([]);
    expect(open).toEqual({ hints: [toHint({ kind: 'user-unlisted', userid: 'lisi' })], again: false });
    const calls = wecom.calls.length;
    expect(users(await read(freshOptions('both'), ...open.hints))).toEqual([]);
    // Only what is asked of everybody: what the secret sees.
    expect(wecom.calls.slice(calls).map(({ path }) => path)).toEqual(['gettoken', 'department/get']);
    expect(open.hints).toHaveLength(1);
    expect(users(await readWithin('pull', freshOptions('both'), ...open.hints))).toEqual([
      { uid: 'lisi', isDeleted: true },
    ]);
    expect(open.hints).toEqual([]);
  });

  test('whom Rollcall does not know may be called otherwise: without a word that they joined they wait', async () => {
    unknown = ['lisi'];
    expect(await read(freshOptions('both'), user('lisi'))).toEqual([]);
    expect(users(await read(freshOptions('both'), { kind: 'user-joined', userid: 'lisi' }))).toMatchObject([
      { uid: 'lisi', nickname: '李四' },
    ]);
    // At the end of a full read they are there anyway, and who moves into chosen departments is not announced otherwise.
    expect(users(await readWithin('pull', freshOptions('both'), user('lisi')))).toHaveLength(1);
    expect(users(await read(freshOptions('both', { departments: [2] }), user('lisi')))).toHaveLength(1);
  });

  test('is not gone because the app does not see them', async () => {
    wecom.company.range = [3];
    expect(users(await read(freshOptions('both'), user('lisi'), user('ZhangSan')))).toEqual([
      byId('lisi', '2'),
      byId('ZhangSan', '1', '2'),
    ]);
  });

  test('comes back by joining, though nothing but their ids can be read', async () => {
    const { isDeleted, ...joined } = byId('lisi', '2');
    expect(isDeleted).toBe('unknown');
    expect(users(await read(freshOptions('contacts'), { kind: 'user-joined', userid: 'lisi' }, user('lisi')))).toEqual([
      joined,
    ]);
  });

  test('keeps memberships that nobody sees', async () => {
    wecom.company.range = [2];
    expect(users(await read(freshOptions('app'), user('ZhangSan')))).toMatchObject([{ departmentsSeen: 'part' }]);
  });

  test('of whom nothing can be told, nothing is told', async () => {
    wecom.company.remove('lisi');
    expect(await read(freshOptions('app'), user('lisi'))).toEqual([]);
  });

  test('who left the visible range of the app may still be in the company: only a full read concludes from that', async () => {
    const message = new Map([
      ['event', 'unsubscribe'],
      ['fromusername', 'lisi'],
    ]);
    wecom.company.range = [3];
    expect(await read(freshOptions('app'), ...hintsIn(message)!)).toEqual([]);
    expect(await read(freshOptions('app', { departments: [3] }), ...hintsIn(message)!)).toEqual([]);
    expect(users(await read(freshOptions('both'), ...hintsIn(message)!))).toEqual([byId('lisi', '2')]);
  });

  test('keeps the memberships that the app does not see', async () => {
    wecom.company.range = [2];
    expect(users(await read(freshOptions('both'), user('ZhangSan')))[0]?.departments).toEqual([
      { uid: '2', isMain: true },
      { uid: '1', flags: 'unknown' },
    ]);
  });

  test('is not believed to be gone by half a list', async () => {
    wecom.company.remove('lisi');
    wecom.script = ({ path }, nth) => (path === 'user/list_id' && nth >= 2 ? reset() : undefined);
    await expect(read(freshOptions('both'), user('lisi'))).rejects.toMatchObject({ code: 'network' });
  });
});

describe('a member who is said to have left', () => {
  test('is confirmed by contacts sync, and asked for no more', async () => {
    wecom.company.remove('lisi');
    expect(users(await read(freshOptions('both'), left('lisi')))).toEqual([{ uid: 'lisi', isDeleted: true }]);
    expect(wecom.count('user/get')).toBe(0);
  });

  test('and is there came back, or somebody else has that userid now: another callback tells, or the next full read', async () => {
    for (const secrets of ['both', 'app', 'contacts'] as const) {
      expect(await read(freshOptions(secrets), left('lisi', '7'))).toEqual([]);
      expect(open.hints.map(({ key }) => key)).toEqual(['user-left:lisi:7', 'user:lisi']);
      expect(users(await read(freshOptions(secrets), ...open.hints, joined('lisi', '8')))).toMatchObject([
        { uid: 'lisi' },
      ]);
    }
    expect(users(await readWithin('pull', freshOptions('both'), left('lisi')))).toMatchObject([{ uid: 'lisi' }]);
  });

  test('is gone once: said again when they are back, it says nothing', async () => {
    wecom.company.remove('lisi');
    expect(users(await read(freshOptions('both'), left('lisi', '7')))).toHaveLength(1);
    expect(open.hints.map(({ key }) => key)).toEqual(['left-followed:lisi:7']);
    wecom = new ScriptedWecom();
    expect(users(await read(freshOptions('both'), ...open.hints, left('lisi', '7')))).toMatchObject([{ uid: 'lisi' }]);
  });

  test('is gone without contacts sync, too, when WeCom does not show them any more', async () => {
    wecom.company.remove('lisi');
    expect(users(await read(freshOptions('app'), left('lisi')))).toEqual([{ uid: 'lisi', isDeleted: true }]);
  });
});

describe('a rename', () => {
  const rename = (from: string, to: string): WecomHint => ({ kind: 'rename', from, to });

  test('comes first, and the person is read under the new userid', async () => {
    unknown = ['lisi.li'];
    wecom.company.people[1]!.userid = 'lisi.li';
    const pages = await read(freshOptions('both'), user('lisi'), rename('lisi', 'lisi.li'), user('lisi.li'));
    expect(pages[0]).toEqual({ dataType: 'user', renames: [{ from: 'lisi', to: 'lisi.li' }] });
    // The earlier userid is nobody's any more, which is not said to be a leaver.
    expect(users(pages)).toMatchObject([{ uid: 'lisi.li', nickname: '李四' }]);
  });

  test('that was followed is not followed again when its callback comes once more; a later one is', async () => {
    unknown = ['lisi.li'];
    wecom.company.people[1]!.userid = 'lisi.li';
    await read(freshOptions('both'), { kind: 'rename', from: 'lisi', to: 'lisi.li', at: '1' });
    const { hints } = open;
    expect(hints.map(({ key }) => key)).toEqual(['rename-followed:lisi:lisi.li:1']);
    const pagesAt = (at: string): Promise<Page[]> =>
      read(freshOptions('both'), ...hints, { kind: 'rename', from: 'LiSi', to: 'lisi.li', at });
    expect(await pagesAt('1')).toEqual([]);
    expect(open.hints).toEqual(hints);
    expect((await pagesAt('2'))[0]?.renames).toEqual([{ from: 'LiSi', to: 'lisi.li' }]);
    await readWithin('pull', freshOptions('both'), ...hints);
    expect(open.hints).toEqual([]);
  });

  test('is followed with the secret of the app alone, too', async () => {
    unknown = ['lisi.li'];
    wecom.company.people[1]!.userid = 'lisi.li';
    const pages = await read(freshOptions('app'), rename('lisi', 'lisi.li'), user('lisi.li'));
    expect(pages[0]).toEqual({ dataType: 'user', renames: [{ from: 'lisi', to: 'lisi.li' }] });
    expect(users(pages)).toMatchObject([{ uid: 'lisi.li', nickname: '李四' }]);
  });

  test('of somebody whom nobody knows yet waits, not beyond the next full read', async () => {
    unknown = ['b', 'lisi'];
    expect(await read(freshOptions('both'), rename('b', 'lisi'), user('lisi'))).toEqual([]);
    expect(open.hints).toContainEqual(toHint(rename('b', 'lisi')));
    await readWithin('pull', freshOptions('both'), ...open.hints);
    expect(open.hints).toEqual([]);
  });

  test('to a userid that is taken merges nobody: at the next full read whoever is not listed any more has left', async () => {
    wecom.company.remove('ZhangSan');
    expect(await read(freshOptions('both'), rename('ZhangSan', 'lisi'))).toEqual([]);
    expect(open.hints).toHaveLength(1);
    const pages = await readWithin('pull', freshOptions('both'), ...open.hints);
    expect(pages).toEqual([{ dataType: 'user', records: [{ uid: 'ZhangSan', isDeleted: true }] }]);
    expect(open.hints).toEqual([]);
  });

  test('is not lost behind another one of the same userid', () => {
    const keys = [rename('a', 'b'), rename('A', 'c'), rename('a', 'B')].map((hint) => toHint(hint).key);
    expect(new Set(keys).size).toBe(2);
  });
});

describe('with the secret of contacts sync alone', () => {
  test('ids and departments are all that is said, and who is gone', async () => {
    wecom.company.remove('00123');
    const pages = await read(
      freshOptions('contacts'),
      user('ZhangSan'),
      left('00123'),
      { kind: 'department', id: 2 },
      { kind: 'department', id: 9 },
    );
    expect(users(pages)).toEqual([{ uid: '00123', isDeleted: true }, byId('ZhangSan', '1', '2')]);
    expect(departments(pages)).toEqual([
      { uid: '2', parentUid: '1', sort: 4294967275 },
      { uid: '1', parentUid: null, sort: 4294967195 },
      { uid: '9', isDeleted: true },
    ]);
    unknown = ['2'];
    const fresh = await read(freshOptions('contacts'), { kind: 'department', id: 2 });
    expect(departments(fresh)).toMatchObject([{ uid: '2', title: '2' }, { uid: '1' }]);
  });
});

describe('a department', () => {
  const changed = (id: number): WecomHint => ({ kind: 'department', id });
  const removed = (id: number): WecomHint => ({ kind: 'department-removed', id });

  test('that moved is read as it is now, before its members', async () => {
    wecom.company.departments[2]!['parentid'] = 1;
    const pages = await read(freshOptions('both'), user('00123'), changed(3));
    expect(pages.map(({ dataType }) => dataType)).toEqual(['department', 'user']);
    expect(departments(pages)).toMatchObject([{ uid: '3', title: 'Mail', parentUid: '1' }, { uid: '1' }]);
  });

  test.each(['both', 'app', 'contacts'] as const)(
    'is told with those above it: one of them may have moved from below it, and its callback comes later (%s)',
    async (secrets) => {
      const [, above, below] = wecom.company.departments as [unknown, { parentid: number }, { parentid: number }];
      [above.parentid, below.parentid] = [3, 1];
      const told = departments(await read(freshOptions(secrets), changed(2)));
      expect(told).toMatchObject([
        { uid: '2', parentUid: '3' },
        { uid: '3', parentUid: '1' },
        { uid: '1', parentUid: null },
      ]);
    },
  );

  test('that is gone is gone', async () => {
    wecom.company.departments.pop();
    expect(departments(await read(freshOptions('both'), removed(3)))).toEqual([{ uid: '3', isDeleted: true }]);
    expect(departments(await read(freshOptions('both'), changed(3)))).toEqual([{ uid: '3', isDeleted: true }]);
    expect(departments(await read(freshOptions('app'), removed(3)))).toEqual([{ uid: '3', isDeleted: true }]);
    expect(departments(await read(freshOptions('app'), changed(3)))).toEqual([]);
  });

  test('that is said to be gone and is there is as it is', async () => {
    expect(departments(await read(freshOptions('app'), removed(3)))).toMatchObject([
      { uid: '3', title: 'Mail' },
      { uid: '2' },
      { uid: '1' },
    ]);
  });

  test('that the app does not see is left as it is', async () => {
    wecom.company.range = [3];
    expect(departments(await read(freshOptions('both'), changed(2), removed(1)))).toEqual([]);
    expect(departments(await read(freshOptions('app'), changed(2), removed(1)))).toEqual([]);
  });

  test('many of them are looked up in one list', async () => {
    wecom.company.departments.push(
      ...Array.from({ length: 60 }, (_, n) => ({ id: 10 + n, name: 'd', parentid: 1, order: 0 })),
    );
    const pages = await read(
      freshOptions('both'),
      ...Array.from({ length: 60 }, (_, n) => changed(10 + n)),
      removed(99),
    );
    expect(departments(pages)).toHaveLength(62);
    expect(departments(pages)).toContainEqual({ uid: '99', isDeleted: true });
    expect(wecom.count('department/list')).toBe(1);
    expect(wecom.count('department/get')).toBeLessThanOrEqual(2);
  });
});

describe('when departments were chosen', () => {
  test('what is outside of them is not said', async () => {
    wecom.company.people.push({ userid: 'boss', name: 'Boss', department: [1] });
    const hints = [
      user('boss'),
      user('lisi'),
      { kind: 'department', id: 1 } as const,
      { kind: 'department', id: 3 } as const,
    ];
    for (const secrets of ['both', 'app', 'contacts'] as const) {
      const pages = await read(freshOptions(secrets, { departments: [2] }), ...hints);
      expect(users(pages).map(({ uid }) => uid)).toEqual(['lisi']);
      expect(departments(pages)).toMatchObject([
        { uid: '3', parentUid: '2' },
        { uid: '2', parentUid: null },
      ]);
    }
  });
});

describe('a burst', () => {
  test('in few departments lists these instead of asking for each member', async () => {
    wecom.idsPerPage = 10_000;
    wecom.company.people = Array.from({ length: 5_000 }, (_, n) => ({
      userid: `u${n}`,
      name: 'n',
      department: [2 + (n % 2)],
      status: 1,
    }));
    const hints = wecom.company.people.slice(0, 2_000).map(({ userid, department }) => user(userid, ...department));
    const gone = wecom.company.people.splice(0, 10);
    const pages = await read(freshOptions('both'), ...hints, ...gone.map(({ userid }) => left(userid)));
    expect(users(pages)).toHaveLength(2_000);
    expect(users(pages).filter(({ isDeleted }) => isDeleted)).toHaveLength(10);
    expect(wecom.count('user/list')).toBe(2);
    expect(wecom.count('user/get')).toBe(0);
    expect(Math.max(...pages.map(({ records = [] }) => records.length))).toBe(500);
  });

  test('in a department that is too large, or not visible any more, asks for each', async () => {
    for (const errcode of [45029, 60011, 60003]) {
      wecom = new ScriptedWecom();
      wecom.company.people = Array.from({ length: 30 }, (_, n) => ({ userid: `u${n}`, name: 'n', department: [2] }));
      wecom.script = ({ path }) => (path === 'user/list' ? { errcode, userlist: [] } : undefined);
      expect(
        users(await read(freshOptions('app'), ...wecom.company.people.map(({ userid }) => user(userid, 2)))),
      ).toHaveLength(30);
    }
  });
});

test('hints of another form are left to the next full read', async () => {
  const strange: Hint[] = [
    { key: 'user:a', data: {} },
    { key: 'x', data: { kind: 'user', userid: 7 } },
    { key: 'y', data: { kind: 'department', id: '2' } },
    { key: 'z', data: { kind: 'rename', from: 'a' } },
  ];
  expect(await read(freshOptions('both'), ...strange)).toEqual([]);
  expect(wecom.calls).toEqual([]);
});

test('a failure throws, so that the hints come again', async () => {
  wecom.script = ({ path }) => (path === 'user/get' ? { errcode: 48002 } : undefined);
  await expect(read(freshOptions('app'), user('lisi'))).rejects.toMatchObject({ code: 'permission' });
});
