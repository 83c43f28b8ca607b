import { returnAddress } from './return-address';

const ORIGIN = 'https://rollcall.example.com';

test.each([
  ['/tasks?status=failed#top', '/tasks?status=failed#top'],
  [undefined, '/'],
  ['', '/'],
  ['tasks', '/'],
  ['//evil.example/tasks', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?from=/tasks', '/'],
])('after signing in with from=%s one is at %s', (from, address) => {
  expect(returnAddress(from, ORIGIN)).toBe(address);
});
