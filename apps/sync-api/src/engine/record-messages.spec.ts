import { type DataType, readRecord, translateMessage } from '@rollcall/core';
import { RECORD_MESSAGES } from './record-messages';

/** Three English words in a row; names of fields are shorter. */
const ENGLISH = /[a-z]+ [a-z]+ [a-z]+/i;

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
    const message = failure?.message ?? '';
    expect(translateMessage(RECORD_MESSAGES['zh-CN'] ?? {}, message)).not.toMatch(ENGLISH);
    expect(translateMessage(RECORD_MESSAGES['fr'] ?? {}, message)).toBeDefined();
  },
);

test('every placeholder of the English sentence stands in the others', () => {
  const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const messages of Object.values(RECORD_MESSAGES)) {
    for (const [english, text] of Object.entries(messages)) {
      expect([english, [...new Set(places(text))]]).toEqual([english, [...new Set(places(english))]]);
    }
  }
});
