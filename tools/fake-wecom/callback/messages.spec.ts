import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../test-support/load.ts';
import { valueOf } from '../test-support/receiver.ts';

const CORP = 'wx5823bf96d3bd56c7';
const short = { form: 'short', addTriple: false, shortName: 'missing' };
const long = { ...short, form: 'long' };
let messages: Awaited<ReturnType<typeof load>>;
let complete: (fields: object) => Record<string, unknown>;

beforeAll(async () => {
  messages = await load('callback/messages.mjs');
  complete = (await load('company/member.mjs')).completeMember;
});

const xmlOf = (change: object, settings: object, seconds = 0): string[] =>
  messages.contactMessages(change, settings).map((each: object) => messages.messageXml(each, CORP, seconds));

describe('messages in the short form', () => {
  it.each([
    ['S1', { kind: 'member added', after: { userid: 'zhangsan', department: [1, 2, 3] } }],
    [
      'S2',
      {
        kind: 'member updated',
        before: { userid: 'zhangsan', department: [2] },
        after: { userid: 'zhangsan001', department: [2] },
      },
    ],
    ['S3', { kind: 'member deleted', before: { userid: 'zhangsan001' } }],
    ['S4', { kind: 'department updated', before: { id: 2, parentid: 3 }, after: { id: 2, parentid: 1 } }],
  ])('are byte by byte those of vector %s', (id, change) => {
    const { callback } = JSON.parse(readFileSync(join(__dirname, 'crypto-vectors.json'), 'utf8'));
    const vector = callback.find((each: { id: string }) => each.id === id);
    const seconds = Number(valueOf(vector.plaintext, 'CreateTime'));
    expect(xmlOf(change, short, seconds)).toEqual([vector.plaintext]);
  });

  it('say nothing of a rename, a phone number, a disabled member or a renamed department', () => {
    const before = complete({ userid: 'a', name: 'A' });
    for (const patch of [{ name: 'B' }, { mobile: '13000000000' }, { status: 2 }, { main_department: 5 }]) {
      expect(xmlOf({ kind: 'member updated', before, after: { ...before, ...patch } }, short)).toEqual([]);
    }
    const department = { id: 2, name: 'X', parentid: 1, order: 0 };
    const after = { ...department, name: 'Y', order: 7 };
    expect(xmlOf({ kind: 'department updated', before: department, after }, short)).toEqual([]);
  });

  it('announce a member by two updates and a create', () => {
    const change = { kind: 'member added', after: { userid: 'a', department: [2] } };
    const types = xmlOf(change, { ...short, addTriple: true }).map((each) => valueOf(each, 'ChangeType'));
    expect(types).toEqual(['update_user', 'update_user', 'create_user']);
  });

  it('hold an empty name when that is wanted', () => {
    const change = { kind: 'member added', after: { userid: 'a', department: [2] } };
    expect(xmlOf(change, { ...short, shortName: 'empty' })[0]).toContain('<Name><![CDATA[]]></Name>');
  });
});

describe('messages in the long form', () => {
  it('hold every field of a new member, and those that changed of another', () => {
    const before = complete({
      userid: 'a',
      name: 'A & ]]> <b>',
      department: [1, 2],
      is_leader_in_dept: [0, 1],
      extattr: {
        attrs: [
          { type: 0, name: 'No', text: { value: '7' } },
          { type: 1, name: 'P', web: { url: 'u', title: 't' } },
        ],
      },
    });
    const [created] = xmlOf({ kind: 'member added', after: before }, long);
    expect(created).toContain('<Name><![CDATA[A & ]]]]><![CDATA[> <b>]]></Name>');
    expect(valueOf(created!, 'Name')).toBe('A & ]]> <b>');
    expect(valueOf(created!, 'IsLeaderInDept')).toBe('0,1');
    expect(created).toContain(
      '<ExtAttr><Item><Name><![CDATA[No]]></Name><Type>0</Type><Text><Value><![CDATA[7]]></Value></Text></Item>',
    );
    expect(created).not.toContain('<Mobile>');
    const after = { ...before, mobile: '13000000000', status: 2 };
    const [updated] = xmlOf({ kind: 'member updated', before, after }, long);
    expect(valueOf(updated!, 'Mobile')).toBe('13000000000');
    expect(valueOf(updated!, 'Status')).toBe('2');
    expect(updated).not.toContain('<Name>');
  });

  it('tell a renamed department', () => {
    const before = { id: 2, name: 'X', parentid: 1, order: 0 };
    const [updated] = xmlOf({ kind: 'department updated', before, after: { ...before, name: 'Y' } }, long);
    expect(updated).toContain('<Id>2</Id><Name><![CDATA[Y]]></Name></xml>');
  });
});

it('a tag says who came and who went', () => {
  const change = {
    kind: 'tag updated',
    before: { tagid: 1, userlist: ['a', 'b'], partylist: [1] },
    after: { tagid: 1, userlist: ['b', 'c'], partylist: [] },
  };
  const [xml] = xmlOf(change, short);
  const values = ['TagId', 'AddUserItems', 'DelUserItems', 'AddPartyItems', 'DelPartyItems'];
  expect(values.map((name) => valueOf(xml!, name))).toEqual(['1', 'c', 'a', '', '1']);
});

it('what a program wrote with the contacts-sync secret is not called back', () => {
  for (const form of [short, long]) {
    expect(xmlOf({ kind: 'member deleted', before: { userid: 'a' }, by: 'api' }, form)).toEqual([]);
  }
});
