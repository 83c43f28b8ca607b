import { type DataType, readRecord } from '@rollcall/core';
import { untranslated } from '@rollcall/core/testing';
import { RECORD_MESSAGES } from './record-messages';

const LONG = 'x'.repeat(300);
const BAD: [DataType, unknown][] = [
  ['user', 'nobody'],
  ['user', { nickname: 'Without a uid' }],
  ['user', { uid: {} }],
  ['user', { uid: 1.5 }],
  ['user', { uid: 2 ** 60 }],
  ['user', { uid: LONG }],
  ['user', { uid: '\0' }],
  ['user', { uid: 'a', nickname: [] }],
  ['user', { uid: 'a', username: LONG }],
  ['user', { uid: 'a', email: 'none' }],
  ['user', { uid: 'a', nickname: '\0' }],
  ['user', { uid: 'a', managerUid: ' ' }],
  ['user', { uid: 'a', isDisabled: 'perhaps' }],
  ['user', { uid: 'a', departments: 'it' }],
  ['user', { uid: 'a', departments: [{}] }],
  ['user', { uid: 'a', departmentsSeen: 'all' }],
  [
    'user',
    {
      uid: 'a',
      departments: [
        { uid: 'b', isMain: true },
        { uid: 'c', isMain: true },
      ],
    },
  ],
  ['user', { uid: 'a', about: JSON.parse('['.repeat(500) + ']'.repeat(500)) }],
  ['user', { uid: 'a', about: () => 1 }],
  ['user', { uid: 'a', about: 'x'.repeat(2_000_000) }],
  ['department', { uid: 'a', parentUid: 'a' }],
  ['department', { uid: 'a', sort: 'first' }],
  ['department', { uid: 'a', ownerUids: 'b' }],
];

test.each(BAD.map(([dataType, raw], n) => [n, dataType, raw] as const))(
  'why bad record %i is refused is said in French and Chinese',
  (_n, dataType, raw) => {
    const { failure } = readRecord(dataType, raw);
    expect(failure).toBeDefined();
    expect(untranslated(RECORD_MESSAGES, failure?.message ?? '')).toEqual({});
  },
);
