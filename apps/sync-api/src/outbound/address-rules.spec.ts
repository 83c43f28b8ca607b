import { AddressRules, readAllowedPlace } from './address-rules';

const rules = (...allowed: string[]): AddressRules =>
  new AddressRules(
    false,
    allowed.map((text) => readAllowedPlace(text)!),
  );

test.each([
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['10.0.0.1', 'private'],
  ['100.64.0.1', 'carrier-grade NAT'],
  ['100.100.100.200', 'carrier-grade NAT'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['168.63.129.16', 'where a cloud tells its secrets'],
  ['169.254.169.254', 'link-local'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.0.0.192', 'reserved'],
  ['192.0.2.1', 'reserved'],
  ['192.168.1.1', 'private'],
  ['198.18.0.1', 'reserved'],
  ['198.51.100.1', 'reserved'],
  ['203.0.113.1', 'reserved'],
  ['224.0.0.1', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['::7f00:1', 'reserved'],
  ['::ffff:127.0.0.1', 'IPv4-mapped'],
  ['::ffff:8.8.8.8', 'IPv4-mapped'],
  ['64:ff9b::7f00:1', 'loopback'],
  ['64:ff9b::a9fe:a9fe', 'link-local'],
  ['64:ff9b:1::a00:1', 'reserved'],
  ['2001:db8::1', 'reserved'],
  ['2002:7f00:1::', 'reserved'],
  ['2001::1', 'reserved'],
  ['fc00::1', 'unique-local'],
  ['fd00:ec2::254', 'unique-local'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['fec0::1', 'reserved'],
  ['ff02::1', 'multicast'],
])('%s may not be called: %s', (address, reason) => {
  expect(rules().objection(address)).toContain(reason);
  expect(new AddressRules(true).objection(address)).toBeUndefined();
});

test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '64:ff9b::808:808'])(
  '%s may be called',
  (address) => {
    expect(rules().objection(address)).toBeUndefined();
  },
);

test('single addresses, networks and host names can be allowed', () => {
  const some = rules('10.1.2.3', '192.168.0.0/16', 'fd00::/8', '[::1]', 'Intranet.Example.', 'bücher.example');
  for (const address of ['10.1.2.3', '192.168.7.7', 'fd12::1', '::1', '::ffff:10.1.2.3', '64:ff9b::a01:203']) {
    expect([address, some.objection(address)]).toEqual([address, undefined]);
  }
  for (const address of ['10.1.2.4', '192.169.0.1', '172.16.0.1', '127.0.0.1', 'fe80::1']) {
    // 192.169.0.1 is public.
    expect([address, some.objection(address) === undefined]).toEqual([address, address === '192.169.0.1']);
  }
  expect(some.allowsHost('intranet.example')).toBe(true);
  expect(some.allowsHost('INTRANET.example.')).toBe(true);
  expect(some.allowsHost('bücher.example')).toBe(true);
  expect(some.allowsHost('xn--bcher-kva.example')).toBe(true);
  expect(some.allowsHost('other.intranet.example')).toBe(false);
});

test.each([
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0.0/8/8',
  '10.1',
  '010.0.0.1',
  '10.0.0.256',
  '2130706433',
  '0x7f.1',
  'fd00::/129',
  'http://intranet.example',
  'intranet.example:8080',
  'intranet.example/8',
  '*.example',
  'a b',
  '.',
])('%s is no entry of the allow list', (text) => {
  expect(readAllowedPlace(text)).toBeUndefined();
});
