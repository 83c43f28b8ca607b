import { readRecord } from '@rollcall/core';
import { departmentRecord } from './map-department';
import { idRecord, type MemberMapping, noteReadable, userRecord } from './map-member';
import type { Member } from './members';
import { Scope } from './scope';

const all = new Scope(undefined, []);

const mapping = (more: Partial<MemberMapping> = {}): MemberMapping => ({
  ...{ attributes: [], scope: all, elsewhere: () => [], readable: new Set<string>() },
  ...more,
});

const map = (member: Partial<Member>, more?: Partial<MemberMapping>): Record<string, unknown> => {
  const { uid, ...rest } = userRecord({ userid: 'a', status: 1, ...member }, mapping(more));
  expect(uid).toBe('a');
  if (rest.isDisabled === false) delete rest.isDisabled;
  return rest;
};

describe('a member', () => {
  test('as the sheet of the vendor shows one', () => {
    const record = userRecord(
      {
        ...{ userid: 'zhangsan', name: 'Zhang San', department: [1, 2], order: [1, 2], position: 'Engineer' },
        ...{ mobile: '13800000000', gender: '1', email: 'zhangsan@example.com', biz_mail: 'z@corp.example.com' },
        ...{ is_leader_in_dept: [1, 0], direct_leader: ['lisi'], avatar: 'https://x/0', telephone: '020-123456' },
        ...{ alias: 'jackzhang', main_department: 2, status: 1, enable: 0 },
        extattr: { attrs: [{ type: 0, name: '工号', text: { value: '00042' } }] },
      },
      mapping({ attributes: [{ name: '工号', field: 'employeeNumber' }] }),
    );
    expect(record).toEqual({
      ...{ uid: 'zhangsan', nickname: 'Zhang San', email: 'zhangsan@example.com', phone: '13800000000' },
      ...{ alias: 'jackzhang', position: 'Engineer', telephone: '020-123456', managerUid: 'lisi', isDisabled: false },
      departments: [
        { uid: '1', isOwner: true },
        { uid: '2', isMain: true },
      ],
      employeeNumber: '00042',
    });
    expect(readRecord('user', record, { uidCase: 'insensitive' }).failure).toBeUndefined();
  });

  test.each<[string, Partial<Member>, Record<string, unknown>]>([
    ['nothing said', {}, {}],
    ['whose status is not given', { status: undefined }, { isDeleted: 'unknown' }],
    ['disabled by an admin', { status: 2 }, { isDisabled: true }],
    ['never signed in', { status: 4 }, {}],
    ['left', { status: 5, name: 'A', department: [] }, { isDeleted: true }],
    ['a status that does not exist yet', { status: 9 }, { isDeleted: 'unknown' }],
    ['an old field that is missing is not 0', { isleader: 0, enable: 0 }, {}],
    ['no position', { position: '' }, { position: null }],
    ['no name', { name: '' }, {}],
    ['no e-mail address, or it is hidden', { email: '', mobile: '', biz_mail: '' }, {}],
    ['the corporate mailbox', { email: '', biz_mail: 'b@example.com' }, { email: 'b@example.com' }],
    ['space around', { email: ' a@example.com ', mobile: '+86 138 ' }, { email: 'a@example.com', phone: '+86 138' }],
    ['no manager', { direct_leader: [] }, { managerUid: null }],
    ['several managers', { direct_leader: ['b', 'c'] }, { managerUid: 'b' }],
    ['no visible department', { department: [] }, {}],
    ['a department twice', { department: [2, 2], is_leader_in_dept: [0] }, { departments: [{ uid: '2' }] }],
    ['departments without flags', { department: [2] }, { departments: [{ uid: '2', flags: 'unknown' }] }],
    [
      'fewer flags than departments',
      { department: [1, 2], is_leader_in_dept: [1] },
      { departments: [{ uid: '1', isOwner: true }, { uid: '2' }] },
    ],
    ['a main department that is not visible', { department: [2], main_department: 9 }, { departments: [{ uid: '2' }] }],
    ['an empty extattr', { extattr: {} }, {}],
    ['names with emoji', { name: '张😀<三>&' }, { nickname: '张😀<三>&' }],
  ])('%s', (_what, member, expected) => {
    expect(map(member)).toEqual(expected);
  });

  test('an empty field is cleared once anybody shows that the secret may read it', () => {
    const readable = new Set<string>();
    noteReadable([{ userid: 'b', mobile: '138' }], readable);
    expect(map({ mobile: '', email: '' }, { readable })).toEqual({ phone: null });
    expect(map({}, { readable })).toEqual({});
  });

  test('the main address is not cleared while there is another one', () => {
    const readable = new Set(['email', 'biz_mail']);
    expect(map({ email: '', biz_mail: 'b@example.com' }, { readable })).toEqual({ email: 'b@example.com' });
    expect(map({ email: '', biz_mail: '' }, { readable })).toEqual({ email: null });
  });

  test('departments that only contacts sync knows come behind', () => {
    expect(map({ department: [3], main_department: 3 }, { elsewhere: () => [2, 3] })).toEqual({
      departments: [
        { uid: '3', isMain: true },
        { uid: '2', flags: 'unknown' },
      ],
    });
  });

  test('only chosen departments are named', () => {
    const scope = new Scope(
      [2],
      [
        { id: 2, parentid: 1 },
        { id: 3, parentid: 2 },
        { id: 4, parentid: 1 },
      ],
    );
    const flags = { is_leader_in_dept: [0, 0, 0] };
    expect(map({ department: [1, 3, 4], ...flags }, { scope })).toEqual({ departments: [{ uid: '3' }] });
  });
});

describe('an attribute', () => {
  const attributes = [
    { name: '工号', field: 'employeeNumber' },
    { name: '邮箱', field: 'email' },
  ];
  const member = (...attrs: unknown[]): Partial<Member> => ({ extattr: { attrs } });

  test.each<[string, Partial<Member>, Record<string, unknown>]>([
    ['text', member({ type: 0, name: '工号', text: { value: '00042' } }), { employeeNumber: '00042' }],
    ['an old answer', member({ type: 0, name: '工号', value: '7', text: {} }), { employeeNumber: '7' }],
    [
      'a web page',
      member({ type: 1, name: '工号', web: { url: 'https://example.com', title: 'T' } }),
      { employeeNumber: 'https://example.com' },
    ],
    [
      'a mini program',
      member({ type: 2, name: '工号', miniprogram: { appid: 'x', title: 'T' } }),
      { employeeNumber: 'T' },
    ],
    [
      'one that fills a field of WeCom',
      { email: 'a@x', ...member({ type: 0, name: '邮箱', text: { value: 'b@x' } }) },
      { email: 'b@x' },
    ],
    [
      'an empty one leaves it to WeCom',
      { email: 'a@x', ...member({ type: 0, name: '邮箱', text: { value: '' } }) },
      { email: 'a@x' },
    ],
    [
      'an empty one of which WeCom says nothing',
      member({ type: 0, name: '邮箱', text: { value: ' ' } }),
      { email: null },
    ],
    ['an empty one', member({ type: 0, name: '工号', text: { value: '' } }), { employeeNumber: null }],
    ['one that is not there', member({ type: 0, name: 'Other', text: { value: '1' } }), {}],
    ['of strange form', member(null, 7, { name: 3 }, { name: '工号', type: 0, text: 'x' }), { employeeNumber: null }],
  ])('%s', (_what, given, expected) => {
    expect(map(given, { attributes })).toEqual(expected);
  });

  test('that is not there is cleared once anybody has it', () => {
    const readable = new Set<string>();
    noteReadable([{ userid: 'b', ...member({ type: 0, name: '工号', text: { value: '1' } }) }], readable);
    expect(map(member(), { attributes, readable })).toEqual({ employeeNumber: null });
    expect(map({}, { attributes, readable })).toEqual({});
  });
});

test('somebody of whom only the id is known has departments, and no name', () => {
  expect(idRecord('00123', [2, 1], all)).toEqual({
    ...{ uid: '00123', isDeleted: 'unknown' },
    departments: ['2', '1'].map((uid) => ({ uid, flags: 'unknown' })),
  });
});

describe('a department', () => {
  test('as the sheet of the vendor shows one', () => {
    const record = departmentRecord(
      {
        id: 2,
        name: 'Guangzhou R&D',
        name_en: 'RDGZ',
        department_leader: ['zhangsan', 'lisi'],
        parentid: 1,
        order: 10,
      },
      all,
    );
    expect(record).toEqual({
      ...{ uid: '2', title: 'Guangzhou R&D', nameEn: 'RDGZ', ownerUids: ['zhangsan', 'lisi'], parentUid: '1' },
      sort: 4294967285,
    });
    expect(readRecord('department', record).failure).toBeUndefined();
  });

  test('the larger order comes first', () => {
    const sort = (order: number): unknown => departmentRecord({ id: 2, parentid: 1, name: 'x', order }, all)['sort'];
    expect([sort(2 ** 32 - 1), sort(10), sort(0)]).toEqual([0, 4294967285, 4294967295]);
  });

  test('the root has no parent, nor has a chosen one', () => {
    expect(departmentRecord({ id: 1, parentid: 0, name: 'x' }, all).parentUid).toBeNull();
    const scope = new Scope(
      [2],
      [
        { id: 2, parentid: 1 },
        { id: 3, parentid: 2 },
      ],
    );
    expect(departmentRecord({ id: 2, parentid: 1, name: 'x' }, scope).parentUid).toBeNull();
    expect(departmentRecord({ id: 3, parentid: 2, name: 'x' }, scope).parentUid).toBe('2');
  });

  test('of which only ids are known is called by its id, and its leaders are not said', () => {
    expect(departmentRecord({ id: 4294967295, parentid: 1, order: 0 }, all, new Set([4294967295]))).toEqual({
      ...{ uid: '4294967295', title: '4294967295', parentUid: '1', sort: 4294967295 },
    });
  });
});

test('a circle of departments is not followed for ever', () => {
  const scope = new Scope(
    [9],
    [
      { id: 1, parentid: 2 },
      { id: 2, parentid: 1 },
    ],
  );
  expect([scope.has(1), scope.has(2), scope.has(9)]).toEqual([false, false, true]);
});
