import { Client, startFake, stopFakes } from '../test-support/client.ts';
import type { SettingsPatch } from '../server.mjs';

/** Root 1 → 2 → 3, and 4 beside them. */
const company = {
  departments: [
    { id: 1, name: 'Root', parentid: 0 },
    { id: 2, name: 'Sales', parentid: 1 },
    { id: 3, name: 'East', parentid: 2 },
    { id: 4, name: 'Lab', parentid: 1 },
  ],
  members: [
    { userid: 'root', name: 'R', department: [1] },
    { userid: 'Both', name: 'B', department: [4, 3], order: [7, 9], is_leader_in_dept: [1, 0], main_department: 4 },
    { userid: 'lab', name: 'L', department: [4] },
    { userid: 'gone', name: 'G', department: [3], status: 5 },
  ],
  tags: [
    { tagid: 1, tagname: 'people', userlist: ['lab', 'Both'], partylist: [] },
    { tagid: 2, tagname: 'departments', partylist: [4] },
  ],
};

afterEach(stopFakes);

const start = async (settings: SettingsPatch = {}) => {
  const fake = await startFake({ company, settings });
  return { fake, client: new Client(fake) };
};
const ids = (list: { id: number }[]) => list.map(({ id }) => id);
const userids = (list: { userid: string }[]) => list.map(({ userid }) => userid);

describe('a range of one department', () => {
  const settings = { visibleRange: { departments: [2] } };

  it('shows its subtree, whose parent is not there', async () => {
    const { client } = await start(settings);
    for (const [path, list] of [
      ['department/list', 'department'],
      ['department/simplelist', 'department_id'],
    ] as const) {
      const answer = await client.app(path);
      expect(ids(answer[list])).toEqual([2, 3]);
      expect(answer[list][0].parentid).toBe(1);
      expect(ids((await client.app(path, { id: 3 }))[list])).toEqual([3]);
    }
  });

  it.each([
    ['department/list', { id: 4 }, 60011],
    ['department/list', { id: 99 }, 60003],
    ['department/get', { id: 1 }, 60011],
    ['department/get', { id: 99 }, 60003],
    ['user/list', { department_id: 4 }, 60011],
    ['user/simplelist', { department_id: 99 }, 60003],
    ['user/get', { userid: 'lab' }, 60111],
    ['user/get', { userid: 'nobody' }, 60111],
    ['user/get', {}, 41009],
    ['user/list', {}, 40058],
  ])('%s %j is answered with %i', async (path, query, errcode) => {
    const { client } = await start(settings);
    expect((await client.app(path, query)).errcode).toBe(errcode);
  });

  it('shows of a member only the departments in it, with what belongs to them', async () => {
    const { client } = await start(settings);
    const { main_department: main, ...member } = await client.app('user/get', { userid: 'BOTH' });
    expect(main).toBeUndefined();
    expect(member).toMatchObject({ userid: 'Both', department: [3], order: [9], is_leader_in_dept: [0] });
    const { userlist } = await client.app('user/simplelist', { department_id: 3 });
    expect(userlist[0]).toEqual({ userid: 'Both', name: 'B', department: [3] });
  });

  it('says nothing to contacts-sync, which sees the whole corp', async () => {
    const { client } = await start({ ...settings, ipIsNew: false });
    expect(ids((await client.contacts('department/list')).department)).toEqual([1, 2, 3, 4]);
    expect((await client.contacts('user/get', { userid: 'both' })).department).toEqual([4, 3]);
  });

  it('may answer other codes for a member beyond it', async () => {
    const { client } = await start({ ...settings, outsideRangeErrcode: 60011 });
    expect((await client.app('user/get', { userid: 'lab' })).errcode).toBe(60011);
    expect((await client.app('user/get', { userid: 'nobody' })).errcode).toBe(60111);
  });
});

describe('a range of single members and tags', () => {
  it('shows a picked member without departments, in no list', async () => {
    const { client } = await start({ visibleRange: { departments: [2], users: ['LAB'] } });
    expect(await client.app('user/get', { userid: 'lab' })).toMatchObject({ errcode: 0, department: [], order: [] });
    const lists = [];
    for (const id of [2, 3]) lists.push(...(await client.app('user/list', { department_id: id })).userlist);
    expect(userids(lists)).toEqual(['Both', 'gone']);
    expect(await client.app('agent/get', { agentid: 1000002 })).toMatchObject({
      allow_userinfos: { user: [{ userid: 'LAB' }] },
      allow_partys: { partyid: [2] },
      allow_tags: { tagid: [] },
    });
  });

  it('shows the members and departments of tags', async () => {
    const { fake, client } = await start({ visibleRange: { departments: [], tags: [1] } });
    expect((await client.app('department/list')).department).toEqual([]);
    expect(userids(fake.truth('app').members as { userid: string }[])).toEqual(['Both', 'lab']);
    fake.configure({ visibleRange: { tags: [2] } });
    expect(ids((await client.app('department/list')).department)).toEqual([4]);
    expect(await client.app('tag/get', { tagid: 1 })).toMatchObject({
      userlist: [
        { userid: 'lab', name: 'L' },
        { userid: 'Both', name: 'B' },
      ],
      partylist: [],
    });
    expect((await client.app('tag/get', { tagid: 9 })).errcode).toBe(40068);
  });
});

describe('lists of members', () => {
  it('are those of one department; fetch_child counts only when it is switched on', async () => {
    const { fake, client } = await start();
    const list = async () => userids((await client.app('user/list', { department_id: 1, fetch_child: 1 })).userlist);
    expect(await list()).toEqual(['root']);
    fake.configure({ fetchChild: true });
    expect((await list()).sort()).toEqual(['Both', 'gone', 'lab', 'root']);
  });

  it('are refused with 45029 when they are too large', async () => {
    const { client } = await start({ pages: { userListMax: 1 } });
    expect((await client.app('user/list', { department_id: 1 })).errcode).toBe(0);
    expect(await client.app('user/list', { department_id: 3 })).toMatchObject({ errcode: 45029, userlist: [] });
  });

  it('hide those who left when that is wanted', async () => {
    const { client } = await start({ leftMembers: 'hidden' });
    expect(userids((await client.app('user/list', { department_id: 3 })).userlist)).toEqual(['Both']);
    expect((await client.app('user/get', { userid: 'gone' })).errcode).toBe(60111);
  });
});

it('an agent that is not its own is refused, and addresses are told', async () => {
  const { client } = await start();
  expect((await client.app('agent/get', { agentid: 7 })).errcode).toBe(301002);
  expect((await client.app('getcallbackip')).ip_list[0]).toContain('*');
  expect((await client.app('get_api_domain_ip')).ip_list.length).toBeGreaterThan(0);
});
