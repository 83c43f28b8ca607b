import { keptSecrets, tellingLost } from './kept-secrets';

const schema = { properties: { url: { type: 'string' }, api: { type: 'string', default: 'https://vendor.example' } } };
const kept = (before: object, now: object): readonly string[] =>
  keptSecrets(schema, { before: { ...before }, now: { ...now }, secretsSet: ['secret'] });

test.each([
  ['another path', { url: 'https://a.example/x' }, { url: 'https://a.example/y' }],
  ['the default, written out', {}, { api: 'https://vendor.example/' }],
  ['what is no address yet', { url: 'https://a.example' }, { url: 'https' }],
  ['an address where there was none', {}, { url: 'https://a.example' }],
])('secrets stay with %s', (_, before, now) => {
  expect(kept(before, now)).toEqual(['secret']);
});

test.each([
  ['another host', { url: 'https://a.example' }, { url: 'https://b.example' }],
  ['another port', { url: 'http://127.0.0.1:1' }, { url: 'http://127.0.0.1:2' }],
  ['another protocol', { url: 'https://a.example' }, { url: 'http://a.example' }],
  ['another host than the default', {}, { api: 'https://mirror.example' }],
])('secrets go with %s', (_, before, now) => {
  expect(kept(before, now)).toEqual([]);
});

test('the service is told which secrets go and are not entered again', () => {
  const given = { options: { url: 'https://b.example' }, name: 'kept' };
  const told = tellingLost(given, { secretsSet: ['secret'], kept: [] });
  expect(told).toEqual({ options: { url: 'https://b.example', secret: null }, name: 'kept' });
  expect(tellingLost(given, { secretsSet: ['secret'], kept: ['secret'] })).toBe(given);
  const again = { options: { ...given.options, secret: 'new' } };
  expect(tellingLost(again, { secretsSet: ['secret'], kept: [] })).toBe(again);
});
