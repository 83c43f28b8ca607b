import { hostsOf } from './hosts';

it.each<[string, object, object]>([
  ['the host of a URL', { url: 'https://a.test/x' }, { url: 'https://b.test/x' }],
  ['its port', { url: 'https://a.test' }, { url: 'https://a.test:8443' }],
  ['its protocol', { url: 'ldaps://a.test' }, { url: 'ldap://a.test' }],
  ['a URL deep inside', { servers: [{ url: 'ldap://a' }] }, { servers: [{ url: 'ldap://b' }] }],
  ['one more server', { servers: ['ldap://a'] }, { servers: ['ldap://a', 'ldap://b'] }],
  ['a host by its name', { ldapHost: 'a' }, { ldapHost: 'b' }],
  ['a host in snake case', { ldap_host: 'a' }, { ldap_host: 'b' }],
  ['a port', { host: 'a', port: 1 }, { host: 'a', port: 2 }],
  ['which option has which host', { api: 'http://a', hook: 'http://b' }, { api: 'http://b', hook: 'http://a' }],
  ['a URL that cannot be read', { url: 'http://[a' }, { url: 'http://[b' }],
])('notices a change of %s', (_, before, after) => {
  expect(hostsOf(before)).not.toBe(hostsOf(after));
});

it.each<[string, object, object]>([
  ['a path', { url: 'https://a.test/v1?x=1' }, { url: 'https://A.test/v2' }],
  ['what is no address', { name: 'a', report: 'b' }, { name: 'c', report: 'd' }],
  ['the order of options', { host: 'a', url: 'http://b' }, { url: 'http://b', host: 'A' }],
])('does not mind a change of %s', (_, before, after) => {
  expect(hostsOf(before)).toBe(hostsOf(after));
});
