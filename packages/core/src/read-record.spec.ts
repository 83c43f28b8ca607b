import type { DataType } from './records';
import { type NormalisedRecord, readRecord, seenHash } from './read-record';

const user = (raw: unknown): NormalisedRecord => readRecord('user', raw);
const department = (raw: unknown): NormalisedRecord => readRecord('department', raw);
/** As a record comes over HTTP: JSON.parse makes own keys of names like __proto__. */
const parsed = (json: string): NormalisedRecord => user(JSON.parse(json));

describe('readRecord', () => {
  it.each([
    ['text', 'a'],
    ['a number', 7],
    ['null', null],
    ['nothing', undefined],
    ['a list', [{ uid: 'a' }]],
  ])('refuses %s instead of an object', (_, raw) => {
    expect(user(raw)).toMatchObject({ uid: null, failure: { code: 'not_an_object', field: null } });
  });

  it.each<[string, unknown, string]>([
    ['no uid', {}, 'uid_missing'],
    ['uid null', { uid: null }, 'uid_missing'],
    ['an empty uid', { uid: '' }, 'uid_missing'],
    ['a uid of 256 characters', { uid: 'x'.repeat(256) }, 'uid_invalid'],
    ['a uid with a NUL', { uid: 'a\0b' }, 'uid_invalid'],
    ['a uid with half a surrogate pair', { uid: 'a\ud800' }, 'uid_invalid'],
    ['a uid that is a list', { uid: ['a'] }, 'uid_invalid'],
    ['a uid that is true', { uid: true }, 'uid_invalid'],
    ['a uid with decimals', { uid: 1.5 }, 'uid_invalid'],
    ['a uid too large to be exact', { uid: 2 ** 53 }, 'unsafe_integer'],
  ])('sees no uid in a record with %s', (_, raw, code) => {
    expect(user(raw)).toMatchObject({ uid: null, payload: {}, failure: { code, field: 'uid' } });
  });

  it('reads a uid of 255 characters, counted as people count them', () => {
    expect(user({ uid: 'x'.repeat(255) }).uid).toHaveLength(255);
    expect(user({ uid: '😀'.repeat(255) }).failure).toBeUndefined();
    expect(user({ uid: '😀'.repeat(256) }).failure?.code).toBe('uid_invalid');
  });

  it('makes text of safe integers where text or a uid is expected', () => {
    const { uid, payload, failure } = user({
      uid: 42,
      username: 7,
      phone: 13800138000,
      managerUid: 1,
      departments: [3],
    });
    expect(failure).toBeUndefined();
    expect(uid).toBe('42');
    expect(payload).toEqual({ username: '7', phone: '13800138000', managerUid: '1', departments: [{ uid: '3' }] });
  });

  it('puts uid and references into lower case for a source whose uids have no case', () => {
    const raw = { uid: 'ZhangSan', managerUid: 'LiSi', departments: ['RD', { uid: 'Ops', isMain: true }, 'rd'] };
    expect(readRecord('user', raw, { uidCase: 'insensitive' })).toMatchObject({
      uid: 'zhangsan',
      payload: { managerUid: 'lisi', departments: [{ uid: 'rd' }, { uid: 'ops', isMain: true }] },
    });
    expect(user(raw).payload['departments']).toHaveLength(3);
  });

  it.each<[DataType, string, unknown, string, string]>([
    ['user', 'a nickname that is a list', { nickname: ['a'] }, 'invalid_type', 'nickname'],
    ['user', 'a nickname that is true', { nickname: true }, 'invalid_type', 'nickname'],
    ['user', 'a phone with decimals', { phone: 1.5 }, 'invalid_type', 'phone'],
    ['user', 'a phone too large to be exact', { phone: 2 ** 53 }, 'unsafe_integer', 'phone'],
    ['user', 'a username of 256 characters', { username: 'x'.repeat(256) }, 'invalid_text', 'username'],
    ['user', 'a NUL in a text', { nickname: 'a\0' }, 'invalid_text', 'nickname'],
    ['user', 'half a surrogate pair in a text', { nickname: '\udc00a' }, 'invalid_text', 'nickname'],
    ['user', 'a NUL deep in a custom field', { card: [{ a: { b: 'x\0' } }] }, 'invalid_text', 'card'],
    ['user', 'a NUL in a key of a custom field', { card: { 'a\0': 1 } }, 'invalid_text', 'card'],
    ['user', 'a NUL in the name of a custom field', { 'a\0b': 1 }, 'invalid_text', 'a\ufffdb'],
    ['user', 'half a surrogate pair in a name', { 'a\ud800': 1 }, 'invalid_text', 'a\ufffd'],
    ['user', 'an e-mail without @', { email: 'a' }, 'invalid_email', 'email'],
    ['user', 'an e-mail with two @', { email: 'a@b@c' }, 'invalid_email', 'email'],
    ['user', 'an e-mail with a space', { email: 'a b@c' }, 'invalid_email', 'email'],
    ['user', 'an e-mail with nothing before @', { email: '@c' }, 'invalid_email', 'email'],
    ['user', 'an e-mail with nothing after @', { email: 'a@' }, 'invalid_email', 'email'],
    ['user', 'isDeleted "yes"', { isDeleted: 'yes' }, 'invalid_type', 'isDeleted'],
    ['user', 'isDisabled 2', { isDisabled: 2 }, 'invalid_type', 'isDisabled'],
    ['user', 'departments that are text', { departments: 'a' }, 'invalid_type', 'departments'],
    ['user', 'a department that is a list', { departments: ['a', 'b', ['c']] }, 'invalid_type', 'departments/2'],
    ['user', 'a department that is empty', { departments: ['a', ''] }, 'invalid_type', 'departments/1'],
    ['user', 'a department that is null', { departments: [null] }, 'invalid_type', 'departments/0'],
    ['user', 'a department without uid', { departments: [{ isMain: true }] }, 'invalid_type', 'departments/0'],
    [
      'user',
      'a department flag "x"',
      { departments: [{ uid: 1, isMain: 'x' }] },
      'invalid_type',
      'departments/0/isMain',
    ],
    ['user', 'a department uid too long', { departments: ['x'.repeat(256)] }, 'uid_invalid', 'departments/0'],
    ['user', 'a department uid too large', { departments: [2 ** 60] }, 'unsafe_integer', 'departments/0'],
    [
      'user',
      'two main departments',
      {
        departments: [
          { uid: 'a', isMain: 1 },
          { uid: 'b', isMain: 1 },
        ],
      },
      'invalid_type',
      'departments',
    ],
    ['user', 'nesting without end', { a: JSON.parse('['.repeat(5000) + ']'.repeat(5000)) }, 'invalid_type', 'a'],
    ['user', 'a date object', { joined: new Date(0) }, 'invalid_type', 'joined'],
    ['user', 'a number that is none', { age: Number.NaN }, 'invalid_type', 'age'],
    ['user', 'a bigint', { age: 1n }, 'invalid_type', 'age'],
    ['department', 'itself as parent', { parentUid: 'me' }, 'department_cycle', 'parentUid'],
    ['department', 'a parent that is a list', { parentUid: ['a'] }, 'invalid_type', 'parentUid'],
    ['department', 'a sort with decimals', { sort: 1.5 }, 'invalid_type', 'sort'],
    ['department', 'a sort that is a word', { sort: 'first' }, 'invalid_type', 'sort'],
    ['department', 'a sort out of range', { sort: '9999999999999999' }, 'invalid_type', 'sort'],
    ['department', 'owners that are text', { ownerUids: 'a' }, 'invalid_type', 'ownerUids'],
    ['department', 'an owner that is an object', { ownerUids: ['a', {}] }, 'invalid_type', 'ownerUids/1'],
  ])('refuses a %s with %s, keeps its uid and names the field', (dataType, _, fields, code, field) => {
    const result = readRecord(dataType, { uid: 'me', ...(fields as object) });
    expect(result).toMatchObject({ uid: 'me', payload: {}, cleared: [], gone: false, failure: { code, field } });
    expect(result.failure?.message).toMatch(/: | must be /);
  });

  it('says nothing of the value in the message', () => {
    expect(JSON.stringify(user({ uid: 'a', email: 'secret person' }).failure)).not.toContain('secret');
  });

  it('accepts the lenient forms of flags', () => {
    const flags = (value: unknown): unknown => user({ uid: 'a', isDisabled: value }).payload['isDisabled'];
    expect([true, 1, 'true'].map(flags)).toEqual([true, true, true]);
    expect([false, 0, 'false'].map(flags)).toEqual([false, false, false]);
  });

  it('takes an absent or null isDeleted as false: stating somebody again revives them', () => {
    expect([{}, { isDeleted: null }, { isDeleted: 0 }].map((raw) => user({ uid: 'a', ...raw }).gone)).toEqual([
      false,
      false,
      false,
    ]);
    expect(user({ uid: 'a', isDeleted: 'true' })).toMatchObject({ gone: true, payload: {}, cleared: [] });
  });

  it('clears with null, "" and empty lists, known and custom fields alike', () => {
    const raw = { uid: 'a', phone: '', email: null, departments: [], isDisabled: null, zone: null, team: '', tags: [] };
    expect(user(raw)).toMatchObject({
      payload: { tags: [] },
      cleared: ['departments', 'email', 'isDisabled', 'phone', 'team', 'zone'],
    });
    expect(department({ uid: 'a', title: '  ', parentUid: null, sort: '', ownerUids: [] })).toMatchObject({
      payload: {},
      cleared: ['ownerUids', 'parentUid', 'sort', 'title'],
    });
  });

  it('clears with blanks what people are called and told apart by, and leaves them in custom fields', () => {
    expect(user({ uid: 'a', nickname: '  ', username: '\t', email: ' ', phone: '\u00a0', team: ' ' })).toMatchObject({
      payload: { team: ' ' },
      cleared: ['email', 'nickname', 'phone', 'username'],
    });
  });

  it('keeps absent apart from cleared', () => {
    expect(user({ uid: 'a', email: undefined, team: undefined })).toEqual({
      uid: 'a',
      payload: {},
      cleared: [],
      gone: false,
      warnings: [],
    });
  });

  it('merges a department that is listed twice: first place, every flag', () => {
    const departments = [
      'a',
      { uid: 'b', isOwner: 'true' },
      { uid: 'a', isMain: 1, isOwner: 0 },
      { uid: 'b', isMain: null },
    ];
    expect(user({ uid: 'u', departments }).payload['departments']).toEqual([
      { uid: 'a', isMain: true },
      { uid: 'b', isOwner: true },
    ]);
  });

  it('reads a department with sort as text and owners once', () => {
    expect(department({ uid: 1, title: 'R&D', parentUid: 0, sort: '-3', ownerUids: ['x', 5, 'x'] })).toMatchObject({
      uid: '1',
      payload: { title: 'R&D', parentUid: '0', sort: -3, ownerUids: ['x', '5'] },
    });
  });

  it('drops reserved names with a warning and applies the rest', () => {
    const { payload, warnings, failure } = parsed(
      '{"uid":"a","id":5,"status":"x","roles":["root"],"password":"p\\u0000","__proto__":{"admin":true},"constructor":1,"nickname":"A"}',
    );
    expect(failure).toBeUndefined();
    expect(payload).toEqual({ nickname: 'A' });
    expect(Object.getPrototypeOf(payload)).toBe(Object.prototype);
    expect(warnings.map((warning) => warning.field)).toEqual([
      'id',
      'status',
      'roles',
      'password',
      '__proto__',
      'constructor',
    ]);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('keeps a nested __proto__ as data without setting a prototype', () => {
    const { payload } = parsed('{"uid":"a","card":{"z":1,"__proto__":{"admin":true}}}');
    expect(JSON.stringify(payload)).toBe('{"card":{"__proto__":{"admin":true},"z":1}}');
    expect((payload['card'] as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('warns of a rounded number in a custom field and applies the record', () => {
    const { warnings, failure } = parsed('{"uid":"a","badge":{"no":12345678901234567890}}');
    expect(failure).toBeUndefined();
    expect(warnings).toMatchObject([{ field: 'badge', code: 'unsafe_integer' }]);
  });

  it('takes a record of 64 kB of JSON and refuses one byte more', () => {
    const sized = (bytes: number, character = 'x'): NormalisedRecord => {
      const frame = Buffer.byteLength(JSON.stringify({ uid: 'a', bio: '' }));
      return user({ uid: 'a', bio: character.repeat((bytes - frame) / Buffer.byteLength(character)) });
    };
    expect(sized(65_536).failure).toBeUndefined();
    expect(sized(65_537).failure).toMatchObject({ code: 'record_too_large', field: null });
    expect(sized(65_539, '人').failure).toMatchObject({ code: 'record_too_large' });
    expect(user({ uid: 'a', password: 'x'.repeat(70_000) }).failure).toMatchObject({ code: 'record_too_large' });
  });

  it('gives up early on a value that would take long to walk over', () => {
    let wide: unknown = 1;
    for (let level = 0; level < 30; level++) wide = [wide, wide, wide];
    expect(user({ uid: 'a', wide }).failure?.code).toBe('record_too_large');
  });
});

describe('what a source cannot see', () => {
  it('is noted, and is no value', () => {
    const x = { uid: 'x', flags: 'unknown' };
    const record = user({ uid: 'a', isDeleted: 'unknown', departments: [x, x, 'y'] });
    const departments = [{ uid: 'x', unseen: true }, { uid: 'y' }];
    expect(record).toMatchObject({ gone: false, unseen: ['life', 'flags'], payload: { departments } });
    expect(user({ uid: 'a', departments: [x, { uid: 'x' }] })).not.toHaveProperty('unseen');
    expect(Object.keys(record.payload)).toEqual(['departments']);
    expect(user({ uid: 'a', departmentsSeen: 'part' }).unseen).toEqual(['others']);
    expect(user({ uid: 'a', departmentsSeen: null, isDeleted: null })).not.toHaveProperty('unseen');
  });

  it('has to be said in words that mean something', () => {
    expect(user({ uid: 'a', departmentsSeen: 'all' }).failure).toMatchObject({
      code: 'invalid_type',
      field: 'departmentsSeen',
    });
    expect(user({ uid: 'a', isDeleted: 'maybe' }).failure).toMatchObject({ code: 'invalid_type', field: 'isDeleted' });
  });
});

describe('seenHash', () => {
  it('is a uuid and does not depend on the order of keys at any depth', () => {
    const one = parsed('{"uid":"a","nickname":"A","zone":{"b":[{"y":1,"x":2}],"a":1},"area":1}');
    const two = parsed('{"area":1,"zone":{"a":1,"b":[{"x":2,"y":1}]},"uid":"a","nickname":"A","isDeleted":false}');
    expect(seenHash(one)).toBe(seenHash(two));
    expect(seenHash(one)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('tells apart what means something else', () => {
    const hashes = [
      { uid: 'a' },
      { uid: 'a', nickname: null },
      { uid: 'a', nickname: 'null' },
      { uid: 'a', isDeleted: true },
      { uid: 'a', departments: ['x', 'y'] },
      { uid: 'a', departments: ['y', 'x'] },
      { uid: 'a', card: {} },
      { uid: 'a', email: 'bad' },
      { uid: 'a', isDeleted: 'unknown' },
      { uid: 'a', departments: [{ uid: 'x', flags: 'unknown' }, 'y'] },
      { uid: 'a', departments: ['x', 'y'], departmentsSeen: 'part' },
    ].map((raw) => seenHash(user(raw)));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('is the same for forms that mean the same', () => {
    expect(seenHash(user({ uid: 1, isDisabled: 'true', departments: ['x'] }))).toBe(
      seenHash(user({ uid: '1', isDisabled: 1, departments: [{ uid: 'x', isMain: false }] })),
    );
  });
});

it('reads and hashes tens of thousands of records a second on one core', () => {
  const text = JSON.stringify({
    uid: 'u100001',
    username: 'zhang.san',
    nickname: '张三',
    email: 'zhang.san@example.com',
    phone: '13800138000',
    managerUid: 'u1',
    departments: [{ uid: 'd1', isMain: true }, 'd2'],
    position: 'Engineer',
    office: { city: 'Shanghai', floor: 12 },
  });
  const raws = Array.from({ length: 20_000 }, () => JSON.parse(text) as unknown);
  for (const raw of raws.slice(0, 5_000)) seenHash(user(raw));
  const started = process.cpuUsage();
  for (const raw of raws) seenHash(user(raw));
  const { user: micros } = process.cpuUsage(started);
  expect(micros / raws.length).toBeLessThan(60);
});

test('what cannot be read at all fails by itself', () => {
  const hostile = {
    uid: 'x',
    get nickname(): string {
      throw new Error('secret');
    },
  };
  const { uid, failure } = readRecord('user', hostile);
  expect({ uid, code: failure?.code }).toEqual({ uid: 'x', code: 'invalid_type' });
  expect(failure?.message).not.toContain('secret');
});
