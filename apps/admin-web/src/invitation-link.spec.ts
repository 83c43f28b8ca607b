import { readInvitation, withUsername } from './invitation-link';

test.each(['marie.curie', '王芳', 'a:b#c/d e'])('a link tells that it is for %s', (username) => {
  const link = withUsername('https://rollcall.example/accept-invitation#t-O_k3n', username);
  expect(readInvitation(link.slice(link.indexOf('#') + 1))).toEqual({ token: 't-O_k3n', username });
});

test.each([
  ['t0ken', 't0ken'],
  ['t0ken:', 't0ken'],
  ['t0ken:%E7%8', 't0ken'],
  ['', ''],
])('%j tells the token alone', (hash, token) => {
  expect(readInvitation(hash)).toEqual({ token, username: undefined });
});
