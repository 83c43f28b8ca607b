import { type Answer, Client, startFake, stopFakes } from '../test-support/client.ts';
import type { FakeWecom, SecretKind } from '../server.mjs';

const company = {
  departments: [
    { id: 1, name: 'Root', parentid: 0 },
    { id: 2, name: 'Sales', parentid: 1 },
  ],
  members: [
    {
      userid: 'Ann',
      name: 'Ann',
      department: [2],
      mobile: '13000000000',
      email: 'ann@example.com',
      biz_mail: 'ann@corp.example.com',
      gender: '2',
      avatar: 'https://example.com/a',
      thumb_avatar: 'https://example.com/t',
      qr_code: 'https://example.com/q',
      address: 'Street 1',
      telephone: '020-1',
      alias: 'A',
      position: 'Head',
    },
  ],
  tags: [{ tagid: 1, tagname: 'a', userlist: ['Ann'], partylist: [2] }],
};
const key = 'IJUiXNpvGbODwKEBSEsAeOAPAhkqHqNCF6g19t9wfg2';
const newcomer = { userid: 'new', name: 'New', department: [2], email: 'new@example.com' };

/** How each endpoint is asked, and what is expected: app before, app after, contacts-sync from an old and a new address. */
const MATRIX: [string, Answer, Answer | undefined, number[]][] = [
  ['department/list', {}, undefined, [0, 0, 0, 48009]],
  ['department/get', { id: 2 }, undefined, [0, 0, 0, 48009]],
  ['department/simplelist', {}, undefined, [0, 0, 0, 0]],
  ['user/simplelist', { department_id: 2 }, undefined, [0, 0, 0, 48009]],
  ['user/list', { department_id: 2 }, undefined, [0, 0, 0, 48009]],
  ['user/get', { userid: 'ann' }, undefined, [0, 0, 0, 48009]],
  ['user/list_id', {}, { limit: 10 }, [48002, 48002, 0, 0]],
  ['user/getuserid', {}, { mobile: '13000000000' }, [0, 0, 0, 0]],
  ['user/get_userid_by_email', {}, { email: 'ann@example.com', email_type: 2 }, [0, 0, 0, 0]],
  ['export/simple_user', {}, { encoding_aeskey: key }, [0, 0, 0, 48009]],
  ['export/user', {}, { encoding_aeskey: key }, [0, 0, 0, 48009]],
  ['export/department', {}, { encoding_aeskey: key }, [0, 0, 0, 48009]],
  ['export/taguser', {}, { encoding_aeskey: key, tagid: 1 }, [0, 0, 0, 48009]],
  ['tag/list', {}, undefined, [0, 0, 0, 0]],
  ['tag/get', { tagid: 1 }, undefined, [0, 0, 0, 0]],
  ['agent/get', { agentid: 1000002 }, undefined, [0, 0, 301002, 301002]],
  ['getcallbackip', {}, undefined, [0, 0, 0, 0]],
  ['get_api_domain_ip', {}, undefined, [0, 0, 0, 0]],
  ['user/create', {}, newcomer, [48002, 48002, 0, 0]],
  ['user/update', {}, { userid: 'ann', name: 'Anna' }, [48002, 48002, 0, 0]],
  ['user/batchdelete', {}, { useridlist: ['ann'] }, [48002, 48002, 0, 0]],
  ['user/delete', { userid: 'ann' }, undefined, [48002, 48002, 0, 0]],
  ['department/create', {}, { name: 'B', parentid: 1 }, [48002, 48002, 0, 0]],
  ['department/update', {}, { id: 2, name: 'C' }, [48002, 48002, 0, 0]],
  ['batch/getresult', { jobid: 'x' }, undefined, [48002, 48002, 40088, 40088]],
];

const PROFILES: [SecretKind, object][] = [
  ['app', { appCreated: 'before' }],
  ['app', { appCreated: 'after' }],
  ['contacts', { ipIsNew: false }],
  ['contacts', { ipIsNew: true }],
];

afterEach(stopFakes);

const ask = (client: Client, kind: SecretKind, path: string, query: Answer, body?: Answer) =>
  body ? client.post(kind, path, body, query) : client[kind](path, query);

describe.each(MATRIX)('%s', (path, query, body, expected) => {
  it(`answers ${expected.join(', ')}`, async () => {
    const answers = [];
    for (const [kind, settings] of PROFILES) {
      const fake = await startFake({ company, settings });
      answers.push((await ask(new Client(fake), kind, path, query, body)).errcode);
    }
    expect(answers).toEqual(expected);
  });
});

it('every endpoint but gettoken and the result of an export stands in this matrix', async () => {
  const fake = await startFake();
  const all = (await (await fetch(`${fake.url}/admin/endpoints`)).json()) as string[];
  const elsewhere = ['gettoken', 'export/get_result', 'department/delete'];
  expect(all.filter((path) => !MATRIX.some(([known]) => known === path)).sort()).toEqual(elsewhere.sort());
});

describe('fields of a member', () => {
  const sensitive = ['mobile', 'gender', 'email', 'biz_mail', 'avatar', 'thumb_avatar', 'address', 'qr_code'];

  it.each([
    ['an app of today', 'app', {}, false],
    ['an old app', 'app', { appCreated: 'before' }, true],
    ['contacts-sync from an old address', 'contacts', { ipIsNew: false }, true],
  ] as const)('for %s', async (_who, kind, settings, hasAll) => {
    const client = new Client(await startFake({ company, settings }));
    const one = await ask(client, kind, 'user/get', { userid: 'ann' });
    const [listed] = (await ask(client, kind, 'user/list', { department_id: 2 })).userlist;
    const { errcode, errmsg, ...member } = one;
    expect([errcode, errmsg]).toEqual([0, 'ok']);
    expect(listed).toEqual(member);
    expect(Object.keys(member)).toEqual(
      expect.arrayContaining(['name', 'department', 'order', 'telephone', 'extattr']),
    );
    expect(sensitive.filter((name) => name in member)).toEqual(hasAll ? sensitive : []);
  });

  it('are empty instead of absent when that is wanted', async () => {
    const client = new Client(await startFake({ company, settings: { hiddenFields: 'empty' } }));
    expect(await client.app('user/get', { userid: 'ann' })).toMatchObject({ mobile: '', gender: '0', email: '' });
  });
});

describe('trusted addresses', () => {
  const errcodes = async (fake: FakeWecom) => {
    const client = new Client(fake);
    return [(await client.app('department/simplelist')).errcode, (await client.contacts('user/list_id')).errcode];
  };

  it('are asked for by new apps and by contacts-sync from a new address, with the address in the text', async () => {
    const fake = await startFake({ settings: { callerIp: '203.0.113.7' } });
    expect(await errcodes(fake)).toEqual([60020, 60020]);
    const { errmsg } = await new Client(fake).app('user/get', { userid: 'x' });
    expect(errmsg).toMatch(/^not allow to access from your ip, hint: \[\d+\], from ip: 203\.0\.113\.7, more info at/);
    fake.configure({ trustedIps: { app: ['203.0.113.7'] } });
    expect(await errcodes(fake)).toEqual([0, 60020]);
  });

  it('are asked for by old apps only when a list is set, and not by contacts-sync from an old address', async () => {
    const old = { appCreated: 'before', ipIsNew: false, callerIp: '203.0.113.7' } as const;
    const fake = await startFake({ settings: old });
    expect(await errcodes(fake)).toEqual([60020, 0]);
    fake.configure({ trustedIps: { app: null } });
    expect(await errcodes(fake)).toEqual([0, 0]);
    fake.configure({ appCreated: 'after' });
    expect(await errcodes(fake)).toEqual([60020, 0]);
  });

  it('work a while after they were entered', async () => {
    const fake = await startFake({ settings: { callerIp: '203.0.113.7', trustedIpDelaySeconds: 60 } });
    fake.configure({ trustedIps: { app: ['203.0.113.7'], contacts: ['203.0.113.7'] } });
    expect(await errcodes(fake)).toEqual([60020, 60020]);
    fake.clock.advance(60_000);
    expect(await errcodes(fake)).toEqual([0, 0]);
  });
});

it('a disabled app is told so; without "API edit" nothing is written', async () => {
  const fake = await startFake({ company, settings: { appDisabled: true, apiEdit: false } });
  const client = new Client(fake);
  expect((await client.app('department/list')).errcode).toBe(50003);
  expect((await client.post('contacts', 'user/update', { userid: 'ann', name: 'B' })).errcode).toBe(48002);
  expect(fake.company.member('ann')!.name).toBe('Ann');
});
