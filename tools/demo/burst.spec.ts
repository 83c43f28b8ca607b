import { Company } from './test-support/company.ts';

let company: Company;

jest.setTimeout(300_000);

beforeAll(async () => {
  company = await Company.start({ people: 300, departments: 30 });
});

afterAll(() => company.close());

beforeEach(() => company.begin());

afterEach(() => company.end());

/** So that a storm is not held for a look; that is another spec. */
const limitless = async (): Promise<void> => {
  const anything = { count: 100_000, percent: 100 };
  const limits = { deletes: anything, disables: anything, memberships: anything, cleared: anything };
  const { status } = await company.app.admin.patch(`/api/sources/${company.source.id}`, { policies: { limits } });
  expect(status).toBe(200);
};

/** Phone number → userid in lower case, of those who have one: the app may not see it, and nobody changes it. */
const people = (): Map<string, string> => {
  const members = company.fake.truth().members.filter(({ mobile }) => mobile);
  return new Map(members.map(({ mobile, userid }) => [mobile, userid.toLowerCase()]));
};

const waiting = async (): Promise<string[]> =>
  (await company.app.pool.query<{ key: string }>('select key from hints order by key')).rows.map(({ key }) => key);

describe('a storm of callbacks', () => {
  it('of all kinds, doubled, in the wrong order and over many tasks leaves everybody who they are', async () => {
    await limitless();
    expect(await company.sync()).toMatchObject({ status: 'succeeded' });
    const [usersBefore, peopleBefore] = [await company.userIds(), people()];
    await company.announce();
    const { fake } = company;
    fake.configure({ callbacks: { hold: true } });
    const { administration } = fake;
    const usual = fake.truth().members.filter(({ userid, status }) => status === 1 && /^[a-z]{2,20}$/.test(userid));
    const [chained, fallen, swapped, other, replaced, left, heir, gone, next, last, ...rest] = usual.map(
      ({ userid }) => userid,
    ) as [...[string, string, string, string, string, string, string, string, string, string], ...string[]];
    administration.changeUserid(chained, `${chained}.b`);
    administration.changeUserid(`${chained}.b`, `${chained}.c`);
    administration.moveMember(`${chained}.c`, [2, 3]);
    administration.changeUserid(fallen, `${fallen}.b`);
    administration.deleteMember(`${fallen}.b`);
    administration.changeUserid(swapped, `${swapped}.b`);
    administration.changeUserid(other, swapped);
    administration.changeUserid(`${swapped}.b`, other);
    administration.changeUserid(replaced, `${replaced}.b`);
    administration.addMember({ userid: replaced, name: '新的人', department: [4] });
    administration.deleteMember(left);
    administration.changeUserid(heir, left);
    administration.deleteMember(gone);
    administration.changeUserid(next, gone);
    administration.changeUserid(last, next);
    administration.addMember({ userid: last, name: '新人', department: [4] });
    administration.addMember({ userid: 'newcomer', name: '新来的', department: [4] });
    administration.changeUserid('newcomer', 'newcomer.b');
    administration.addMember({ userid: 'passing', name: '过客', department: [4] });
    administration.changeUserid('passing', 'passing.b');
    administration.deleteMember('passing.b');
    expect(rest.length).toBeGreaterThan(50);
    fake.changeAtRandom(150, ['move', 'add', 'delete', 'userid', 'moveDepartment', 'addDepartment']);
    fake.configure({ callbacks: { parallel: 4, pauseMs: 60 } });
    expect(fake.callbacks.release({ shuffle: true, duplicate: 0.3 })).toBeGreaterThan(250);
    fake.configure({ callbacks: { hold: false } });

    const tasks = await company.quiet();
    const events = tasks.filter(({ kind }) => kind === 'event');
    expect(events.length).toBeGreaterThan(2);
    expect(events.filter(({ status }) => status !== 'succeeded')).toEqual([]);
    expect(await company.differences({ names: false })).toEqual([]);

    const [usersNow, peopleNow] = [await company.userIds(), people()];
    const persons = [...peopleBefore].map(([mobile, uid]) => ({
      before: usersBefore.get(uid),
      now: usersNow.get(peopleNow.get(mobile) ?? ''),
      left: !peopleNow.has(mobile),
    }));
    expect(persons.filter(({ before, now, left }) => before !== undefined && !left && before !== now)).toEqual([]);
    const leavers = persons.filter(({ before, left }) => before !== undefined && left).length;
    const deleted = (await company.app.admin.get('/api/users?status=deleted')).body.total;
    expect(leavers).toBeGreaterThan(10);
    expect(deleted).toBeGreaterThanOrEqual(leavers);

    expect(await company.sync()).toMatchObject({ status: 'succeeded' });
    expect(await company.differences()).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  it('of which many are lost is set right by the next full read, in which leavers are missing', async () => {
    await limitless();
    await company.sync();
    await company.announce();
    const { fake } = company;
    fake.configure({ callbacks: { drop: 0.4, addTriple: false } });
    fake.changeAtRandom(120, ['move', 'add', 'delete']);
    const tasks = await company.quiet();
    expect(tasks.filter(({ status }) => status !== 'succeeded')).toEqual([]);
    expect(await company.differences({ names: false })).not.toEqual([]);
    expect(await company.sync()).toMatchObject({ status: 'succeeded' });
    // Of whom nobody said that they left may be hidden: they are disabled, by the policy for missing people, and no more.
    const unlike = await company.differences();
    const isMissing = (line: string): boolean => /^users: .*"disabled":true.* should not be there$/.test(line);
    expect(unlike.filter((line) => line.startsWith('users:') && !isMissing(line))).toEqual([]);
    expect(unlike.filter(isMissing)).not.toEqual([]);
    const places = await company.differences({ names: false });
    expect(places.filter((line) => !line.endsWith('should not be there'))).toEqual([]);
  });
});
