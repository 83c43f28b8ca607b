import { type DepartmentRecord, type PullResult, RollcallError, type UserRecord } from '@rollcall/core';
import { untranslated } from '@rollcall/core/testing';
import { createWecomSource } from './adapter';
import type { WecomOptions } from './config';
import { MESSAGES } from './messages';
import { contextFor, freshOptions, type LogLine, reset, ScriptedWecom } from './test-support/scripted-wecom';

const wecomSource = createWecomSource({ backoff: 1, block: 20 });

let wecom: ScriptedWecom;

beforeEach(() => {
  wecom = new ScriptedWecom();
});

interface Read {
  users: UserRecord[];
  departments: DepartmentRecord[];
  complete: PullResult['complete'];
  pages: number[];
  log: LogLine[];
}

async function pull(options: WecomOptions, known: string[] = []): Promise<Read> {
  const { context, log } = contextFor(options, wecom.http);
  const read: Read = { users: [], departments: [], complete: {}, pages: [], log };
  const pages = wecomSource.pull!({
    ...context,
    known: (_dataType, uids) =>
      Promise.resolve(new Map(uids.filter((uid) => known.includes(uid)).map((uid) => [uid, 'there']))),
  });
  for (;;) {
    const next = await pages.next();
    if (next.done) {
      for (const said of Object.values(next.value.complete)) {
        if (said !== true) expect(untranslated(MESSAGES, said.reason)).toEqual({});
      }
      return { ...read, complete: next.value.complete };
    }
    expect(next.value.cursor).toBeUndefined();
    const { dataType, records = [] } = next.value;
    if (dataType === 'user') read.users.push(...records);
    else read.departments.push(...(records as DepartmentRecord[]));
    read.pages.push(records.length);
  }
}

const byUid = ({ users }: Read): Record<string, UserRecord> =>
  Object.fromEntries(users.map((user) => [user.uid.toLowerCase(), user]));

/** Of whom ids are all that can be known. */
const byId = (uid: string, ...departments: string[]): UserRecord => ({
  ...{ uid, isDeleted: 'unknown' },
  departments: departments.map((department) => ({ uid: department, flags: 'unknown' })),
});

const ALL = { department: true, user: true };

const incomplete = (reason: RegExp | string): unknown => ({
  complete: false,
  reason: typeof reason === 'string' ? expect.stringContaining(reason) : expect.stringMatching(reason),
});

describe('with the secret of an app', () => {
  test('everything that it may see is read, each member once', async () => {
    const read = await pull(freshOptions('app'));
    expect(read.complete).toEqual(ALL);
    expect(read.departments).toEqual([
      { uid: '1', title: 'Example Ltd', parentUid: null, sort: 4294967195, ownerUids: [] },
      { uid: '2', title: 'R&D', parentUid: '1', sort: 4294967275, ownerUids: ['lisi'] },
      { uid: '3', title: 'Mail', parentUid: '2', sort: 4294967285, ownerUids: [] },
    ]);
    expect(read.users).toEqual([
      {
        ...{ uid: 'ZhangSan', nickname: '张三', isDisabled: false },
        departments: [{ uid: '1' }, { uid: '2', isOwner: true, isMain: true }],
      },
      { uid: 'lisi', nickname: '李四', isDisabled: false, departments: [{ uid: '2', isMain: true }] },
      { uid: '00123', nickname: 'O O', isDisabled: false, departments: [{ uid: '3', isMain: true }] },
    ]);
    expect(wecom.count('user/list')).toBe(3);
    expect(wecom.count('user/list_id')).toBe(0);
  });

  test('a member whom two departments spell otherwise is one', async () => {
    wecom.script = ({ path, query }) =>
      path === 'user/list' && query['department_id'] === '2'
        ? { errcode: 0, userlist: [{ userid: 'ZHANGSAN', name: '张三', department: [1, 2] }] }
        : undefined;
    expect((await pull(freshOptions('app'))).users.map(({ uid }) => uid)).toEqual(['ZhangSan', '00123']);
  });

  test('a narrow visible range tells nobody gone, and says why', async () => {
    wecom.company.range = [2, 3];
    const read = await pull(freshOptions('app'));
    expect(read.departments.map(({ uid, parentUid }) => [uid, parentUid])).toEqual([
      ['2', '1'],
      ['3', '2'],
    ]);
    expect(byUid(read)['zhangsan']?.departments).toEqual([{ uid: '2', isMain: true }]);
    // Their membership in the department that the app does not see stays.
    expect(byUid(read)['zhangsan']?.departmentsSeen).toBe('part');
    expect(read.complete).toEqual({ department: incomplete('可见范围'), user: incomplete('可见范围') });
    expect(read.log.filter(({ level }) => level === 'warn')).toHaveLength(2);
  });

  test('chosen departments that are wholly visible are a whole', async () => {
    wecom.company.range = [2, 3];
    wecom.company.people.push({ userid: 'boss', name: 'Boss', department: [1] });
    const read = await pull(freshOptions('app', { departments: [2] }));
    expect(read.complete).toEqual(ALL);
    expect(read.departments.map(({ uid, parentUid }) => [uid, parentUid])).toEqual([
      ['2', null],
      ['3', '2'],
    ]);
    expect(read.users.map(({ uid }) => uid)).toEqual(['ZhangSan', 'lisi', '00123']);
    expect(read.users.filter(({ departmentsSeen }) => departmentsSeen)).toEqual([]);
  });

  test('a chosen department that is not visible is said', async () => {
    const read = await pull(freshOptions('app', { departments: [3, 77] }));
    expect(read.complete).toEqual({ department: incomplete(/cannot be seen: 77\./), user: incomplete('77') });
    expect(read.users.map(({ uid }) => uid)).toEqual(['00123']);
    const { complete } = await pull(freshOptions('contacts', { departments: [3, 77] }));
    expect(complete.user).toEqual(incomplete(/cannot be seen: 77\. They were deleted\.$/));
  });

  test('members who were picked one by one or by a tag are read, too', async () => {
    wecom.company.range = [3];
    wecom.company.picked = ['lisi', 'nobody'];
    wecom.company.people.push({ userid: 'Tagged', name: 'T', department: [1] });
    const read = await pull(freshOptions('app', { agentId: 1000002 }));
    expect(byUid(read)).toMatchObject({ '00123': {}, lisi: { nickname: '李四' }, tagged: { nickname: 'T' } });
    expect(byUid(read)['lisi']).not.toHaveProperty('departments');
    expect(read.users).toHaveLength(3);
  });

  test('a department that WeCom refuses makes the read of members a part', async () => {
    wecom.script = ({ path, query }) =>
      path === 'user/list' && query['department_id'] === '2' ? { errcode: 60011, userlist: [] } : undefined;
    expect((await pull(freshOptions('app'))).complete).toEqual({
      department: true,
      user: incomplete(/1 department: 2 .*60011/),
    });
  });

  test.each(['app', 'both'] as const)(
    'of which WeCom lists the members of none, it is no read (%s)',
    async (secrets) => {
      wecom.script = ({ path }) => (path === 'user/list' ? { errcode: 60011, userlist: [] } : undefined);
      const { context } = contextFor(freshOptions(secrets), wecom.http);
      const error: unknown = await wecomSource.pull!(context)
        .next()
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        ...{ code: 'permission', field: 'agentSecret' },
        message: expect.stringMatching(/lists the members of none \(errcode 60011\).* visible range/),
      });
      expect(untranslated(MESSAGES, (error as Error).message)).toEqual({});
    },
  );

  test('a department that is too large is read by ids and one by one (45029)', async () => {
    wecom.script = ({ path, query }) => {
      if (path === 'user/list' && query['department_id'] === '2') return { errcode: 45029, userlist: [] };
      return path === 'user/get' && query['userid'] === 'lisi' ? { errcode: 60111 } : undefined;
    };
    const read = await pull(freshOptions('app'));
    expect(read.users.map(({ uid }) => uid)).toEqual(['ZhangSan', 'lisi', '00123']);
    expect(byUid(read)['lisi']).toEqual({ uid: 'lisi', isDeleted: 'unknown' });
    expect(read.complete.user).toEqual(incomplete('Of 1 member only'));
    expect(wecom.count('user/get')).toBe(1);
  });

  test('an answer that is larger than is taken is read by ids, too', async () => {
    wecom.script = ({ path, query }) => {
      if (path !== 'user/list' || query['department_id'] !== '2') return undefined;
      throw new RollcallError('bad_answer', 'The answer is larger than 32 MiB.');
    };
    const read = await pull(freshOptions('app'));
    expect(read.users).toHaveLength(3);
    expect(read.complete).toEqual(ALL);
  });

  test('nobody is told to put the root department where it is', async () => {
    wecom.script = ({ path, query }) =>
      path === 'user/list' && query['department_id'] === '3' ? { errcode: 60011, userlist: [] } : undefined;
    const { complete } = await pull(freshOptions('both'));
    expect(complete.user).toEqual(
      incomplete(/1 department: 3 .*WeCom did not show them, although the app sees the root department/),
    );
    expect(complete.user).not.toEqual(incomplete(/Put the root department/));
  });

  test('a department of which not even the ids can be listed is said', async () => {
    wecom.script = ({ query }) => (query['department_id'] === '2' ? { errcode: 45029, userlist: [] } : undefined);
    expect((await pull(freshOptions('app'))).complete.user).toEqual(incomplete(/1 department: 2 .*45029/));
    expect(byUid(await pull(freshOptions('both')))['lisi']).toEqual({ uid: 'lisi', isDeleted: 'unknown' });
  });

  test('a list of departments that is too large is read by ids and one by one', async () => {
    wecom.script = ({ path }) => (path === 'department/list' ? { errcode: 45029, department: [] } : undefined);
    const read = await pull(freshOptions('app'));
    expect(read.complete).toEqual(ALL);
    expect(read.departments.map(({ title }) => title)).toEqual(['Example Ltd', 'R&D', 'Mail']);
  });

  // WeCom has two codes for a department that is not there: by the other one the whole read failed.
  test.each([60003, 60123])('one that is deleted meanwhile (%i) is left out of such a list', async (errcode) => {
    wecom.script = ({ path, query }) => {
      if (path === 'department/list') return { errcode: 45029, department: [] };
      return path === 'department/get' && query['id'] === '3' ? { errcode } : undefined;
    };
    const read = await pull(freshOptions('app'));
    expect(read.departments.map(({ uid }) => uid)).toEqual(['1', '2']);
  });

  test('an answer of success without departments is no empty company', async () => {
    wecom.script = ({ path }) => (path === 'department/list' ? { errcode: 0, department: [] } : undefined);
    expect((await pull(freshOptions('app'))).complete).toEqual({
      department: incomplete('可见范围'),
      user: incomplete('可见范围'),
    });
  });

  test('large departments come in pages, small ones together', async () => {
    wecom.company.people = Array.from({ length: 1_203 }, (_, n) => ({
      userid: `u${n}`,
      name: 'n',
      department: [n < 3 ? 3 : 2],
    }));
    const read = await pull(freshOptions('app'));
    expect(read.pages).toEqual([3, 500, 500, 203]);
    expect(new Set(read.users.map(({ uid }) => uid)).size).toBe(1_203);
  });
});

describe('with the secret of contacts sync', () => {
  test('ids and departments are all that is said', async () => {
    const read = await pull(freshOptions('contacts'));
    expect(read.complete).toEqual(ALL);
    expect(read.departments[1]).toEqual({ uid: '2', title: '2', parentUid: '1', sort: 4294967275 });
    expect(read.users).toEqual([byId('zhangsan', '1', '2'), byId('lisi', '2'), byId('00123', '3')]);
    expect(wecom.count('user/list')).toBe(0);
  });

  test('a title that Rollcall has already stays: an id is no better one', async () => {
    const read = await pull(freshOptions('contacts'), ['1', '3']);
    expect(read.departments.map(({ uid, title }) => [uid, title])).toEqual([
      ['1', undefined],
      ['2', '2'],
      ['3', undefined],
    ]);
  });

  test('details are read where the vendor still lets it', async () => {
    wecom.company.contactsReadDetails = true;
    const read = await pull(freshOptions('contacts'));
    expect(read.complete).toEqual(ALL);
    expect(read.departments[1]).toMatchObject({ title: 'R&D' });
    expect(byUid(read)['lisi']).toMatchObject({ nickname: '李四' });
    expect(read.users).toHaveLength(3);
  });

  test('only members of chosen departments are said', async () => {
    const read = await pull(freshOptions('contacts', { departments: [2] }));
    expect(read.complete).toEqual(ALL);
    expect(read.departments.map(({ uid }) => uid)).toEqual(['2', '3']);
    expect(byUid(read)['zhangsan']).toEqual(byId('zhangsan', '2'));
  });

  test('a place in the list that WeCom forgot begins the list anew (50100)', async () => {
    wecom.script = ({ path }, nth) =>
      path === 'user/list_id' && nth === 2 ? { errcode: 50100, dept_user: [] } : undefined;
    const read = await pull(freshOptions('contacts'));
    expect(read.users).toHaveLength(3);
    expect(read.complete).toEqual(ALL);
    expect(wecom.count('user/list_id')).toBe(4);
  });

  test.each([
    ['is forgotten every time', () => ({ errcode: 50100, dept_user: [] }), 'vendor_busy'],
    ['goes in circles', () => ({ errcode: 0, dept_user: [], next_cursor: 'again' }), 'network'],
    ['is not there', () => ({ errcode: 0 }), 'bad_answer'],
    ['is cut off every time', () => '{"errcode":0,"dept_user":[{"userid":"a"', 'network'],
  ])('a list that %s ends the read with an error: nobody is gone', async (_what, answer, code) => {
    wecom.script = ({ path }) => (path === 'user/list_id' ? answer() : undefined);
    await expect(pull(freshOptions('contacts'))).rejects.toMatchObject({ code });
  });

  test('an empty page is not the end', async () => {
    wecom.script = ({ path }, nth) =>
      path === 'user/list_id' && nth === 1 ? { errcode: 0, dept_user: [], next_cursor: '0' } : undefined;
    expect((await pull(freshOptions('contacts'))).users).toHaveLength(3);
  });

  // Each page had another cursor, so the read went on until somebody cancelled it.
  test('empty pages without end are an error', async () => {
    wecom.script = ({ path }, nth) =>
      path === 'user/list_id' ? { errcode: 0, dept_user: [], next_cursor: `more-${nth}` } : undefined;
    const error = (await pull(freshOptions('contacts')).catch((thrown: unknown) => thrown)) as RollcallError;
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('that more members come') });
    expect(untranslated(MESSAGES, error.message)).toEqual({});
    expect(wecom.count('user/list_id')).toBe(50);
  });
});

describe('with both secrets', () => {
  test('details come from the app, and nobody is missed', async () => {
    const read = await pull(freshOptions('both'));
    expect(read.complete).toEqual(ALL);
    expect(byUid(read)['zhangsan']).toMatchObject({ nickname: '张三' });
    expect(read.users).toHaveLength(3);
    expect(wecom.count('user/get')).toBe(0);
  });

  test('a narrow range: everybody is named, no better title is overwritten, and the admin is told', async () => {
    wecom.company.range = [3];
    const read = await pull(freshOptions('both'));
    expect(read.departments.map(({ uid, parentUid }) => [uid, parentUid])).toEqual([['3', '2']]);
    expect(byUid(read)).toEqual({
      '00123': { uid: '00123', nickname: 'O O', isDisabled: false, departments: [{ uid: '3', isMain: true }] },
      // They may have left: WeCom would tell that by their status, which is not visible.
      zhangsan: { uid: 'zhangsan', isDeleted: 'unknown' },
      lisi: { uid: 'lisi', isDeleted: 'unknown' },
    });
    expect(read.complete).toEqual({
      department: incomplete('2 departments that the app does not see: 1, 2'),
      user: incomplete('Of 2 members'),
    });
  });

  test('memberships that the app does not see come from contacts sync', async () => {
    wecom.company.range = [2];
    expect(byUid(await pull(freshOptions('both')))['zhangsan']?.departments).toEqual([
      { uid: '2', isMain: true },
      { uid: '1', flags: 'unknown' },
    ]);
  });

  test('chosen departments that the app sees are a whole, wherever else it sees nothing', async () => {
    wecom.company.range = [2, 3];
    wecom.company.people.push({ userid: 'boss', name: 'Boss', department: [1] });
    const read = await pull(freshOptions('both', { departments: [2] }));
    expect(read.complete).toEqual(ALL);
    expect(Object.keys(byUid(read)).sort()).toEqual(['00123', 'lisi', 'zhangsan']);
  });

  test('somebody who moved while we read is asked for', async () => {
    wecom.script = ({ path, query }) =>
      path === 'user/list' && query['department_id'] === '3' ? { errcode: 0, userlist: [] } : undefined;
    const read = await pull(freshOptions('both'));
    expect(byUid(read)['00123']).toMatchObject({ nickname: 'O O' });
    expect(read.complete).toEqual(ALL);
  });

  test('whoever the vendor calls left is gone', async () => {
    wecom.company.people[1]!['status'] = 5;
    expect(byUid(await pull(freshOptions('both')))['lisi']).toEqual({ uid: 'lisi', isDeleted: true });
  });

  test('a refused department names its members by id, and is said', async () => {
    wecom.script = ({ path, query }) =>
      path === 'user/list' && query['department_id'] === '3' ? { errcode: 60011, userlist: [] } : undefined;
    const read = await pull(freshOptions('both'));
    expect(byUid(read)['00123']).toEqual({ uid: '00123', isDeleted: 'unknown' });
    expect(read.complete.user).toEqual(incomplete(/1 department: 3 .*Of 1 member only/));
  });
});

describe('when something goes wrong in the middle', () => {
  test('a revoked token is renewed, and the read goes on', async () => {
    wecom.script = ({ path }, nth) => {
      if (path === 'user/list' && nth === 2) wecom.revoke();
      return undefined;
    };
    const options = freshOptions('app', { concurrency: 1 });
    const read = await pull(options);
    expect(read.complete).toEqual(ALL);
    expect(read.users).toHaveLength(3);
    expect(wecom.count('gettoken')).toBeGreaterThan(1);
  });

  test.each<[string, () => never | string | Record<string, unknown>]>([
    ['a reset', reset],
    ['half an answer', () => '{"errcode":0,"userlist":[{"userid":"x'],
    ['a page with status 200', () => '<!DOCTYPE html><title>Login</title>'],
    ['45009', () => ({ errcode: 45009, userlist: [] })],
    ['busy', () => ({ errcode: -1, userlist: [] })],
  ])('%s is got over', async (_what, trouble) => {
    wecom.script = ({ path }, nth) => (path === 'user/list' && nth === 2 ? trouble() : undefined);
    const read = await pull(freshOptions('both'));
    expect(read.complete).toEqual(ALL);
    expect(read.users).toHaveLength(3);
  });

  test.each([
    ['an error with an empty list', { errcode: 48002, userlist: [] }, 'permission'],
    ['a list that is not there', { errcode: 0 }, 'bad_answer'],
    ['a list of something else', { errcode: 0, userlist: ['zhangsan'] }, 'bad_answer'],
    ['a member without userid', { errcode: 0, userlist: [{ name: 'x' }] }, 'bad_answer'],
  ])('%s ends the read with an error: nobody is gone', async (_what, answer, code) => {
    wecom.script = ({ path }, nth) => (path === 'user/list' && nth === 2 ? answer : undefined);
    await expect(pull(freshOptions('app'))).rejects.toMatchObject({ code });
  });

  test.each(['department/list', 'department/simplelist', 'user/list_id'])(
    'a dead connection at %s ends the read with an error',
    async (dead) => {
      wecom.script = ({ path }) => (path === dead ? reset() : undefined);
      await expect(pull(freshOptions('both'))).rejects.toMatchObject({ code: 'network' });
    },
  );

  test('it stops when it is told to, without an unhandled failure of calls on their way', async () => {
    const { context, stop } = contextFor(freshOptions('app'), (url, request) => {
      stop.signal.throwIfAborted();
      return wecom.http(url, request);
    });
    wecom.script = async ({ path }, nth) => {
      if (path !== 'user/list') return undefined;
      if (nth === 1) stop.abort(new Error('cancelled'));
      return new Promise((_resolve, reject) => setImmediate(() => reject(new Error('cancelled'))));
    };
    const pages = wecomSource.pull!(context);
    await expect(
      (async () => {
        while (!(await pages.next()).done);
      })(),
    ).rejects.toThrow('cancelled');
  });

  test('without any secret nothing is asked', async () => {
    await expect(pull({ corpId: 'ww0' })).rejects.toMatchObject({ code: 'configuration', field: 'agentSecret' });
    expect(wecom.calls).toEqual([]);
  });

  // The last one that was filled won, another one for each member, and an empty one cleared what the other had said.
  test('with two attributes for one field nothing is asked', async () => {
    const attributes = [
      { name: '工号', field: 'employeeNumber' },
      { name: '编号', field: 'employeeNumber' },
    ];
    await expect(pull(freshOptions('app', { attributes }))).rejects.toMatchObject({
      ...{ code: 'configuration', field: 'attributes/1/field' },
      message: expect.stringContaining('Keep one of them'),
    });
    expect(wecom.calls).toEqual([]);
  });
});

test('no more is fetched than was asked for', async () => {
  wecom.company.departments.push(...Array.from({ length: 50 }, (_, n) => ({ id: 10 + n, name: 'd', parentid: 1 })));
  wecom.company.people = Array.from({ length: 50 * 500 }, (_, n) => ({ userid: `u${n}`, department: [10 + (n % 50)] }));
  const pages = wecomSource.pull!(contextFor(freshOptions('app', { concurrency: 4 }), wecom.http).context);
  await pages.next();
  await pages.next();
  await new Promise((resolve) => setImmediate(resolve));
  expect(wecom.count('user/list')).toBeLessThanOrEqual(3 + 1 + 4);
  await pages.return({ complete: {} });
});
