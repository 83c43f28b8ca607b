import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** One entry of ROLLCALL_ALLOW_ADDRESSES: a host by its name, or a network (a single address is the smallest one). */
export type AllowedPlace = { host: string } | { network: Network };

/** What ipaddr.js calls a range, in words. Ranges that are not named are reserved for something else than hosts. */
const KINDS: Readonly<Record<string, string>> = {
  unspecified: 'an unspecified address',
  broadcast: 'a broadcast address',
  multicast: 'a multicast address',
  loopback: 'a loopback address',
  private: 'a private address',
  linkLocal: 'a link-local address',
  uniqueLocal: 'a unique-local address',
  carrierGradeNat: 'a carrier-grade NAT address',
  ipv4Mapped: 'an IPv4-mapped IPv6 address',
};

/** Azure tells machines their secrets at a public address; those of the other clouds lie in ranges that are refused. */
const METADATA = new Set(['168.63.129.16']);

/** Addresses that carry an IPv4 address in their last four bytes, which is where a NAT64 gateway sends them (RFC 6052). */
const NAT64: Network = [ipaddr.IPv6.parse('64:ff9b::'), 96];

/** Reads an entry of ROLLCALL_ALLOW_ADDRESSES; undefined when it is neither a host name, an address nor a CIDR. */
export function readAllowedPlace(text: string): AllowedPlace | undefined {
  const [host = '', bits, ...more] = text.replace(/^\[(.*)\]$/, '$1').split('/');
  if (more.length > 0) return undefined;
  // Not what ipaddr.js takes for an address: it reads "10.1" and "010.0.0.1" as well.
  if (isIP(host) !== 0) return readNetwork(host, bits);
  const name = hostName(host);
  const isName = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name) && !/(^|\.)(\d+|0x[0-9a-f]*)$/.test(name);
  return bits === undefined && isName ? { host: name } : undefined;
}

function readNetwork(host: string, bits: string | undefined): AllowedPlace | undefined {
  const address = ipaddr.parse(host);
  const all = address.kind() === 'ipv4' ? 32 : 128;
  if (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > all)) return undefined;
  return { network: [address, bits === undefined ? all : Number(bits)] };
}

function hostName(text: string): string {
  return domainToASCII(text.replace(/\.$/, '')).toLowerCase();
}

/** The operator's rules: which addresses adapters may call. Everything that is not plainly public is refused. */
export class AddressRules {
  private readonly hosts: ReadonlySet<string>;
  private readonly networks: readonly Network[];

  constructor(
    private readonly allowPrivate: boolean,
    allowed: readonly AllowedPlace[] = [],
  ) {
    this.hosts = new Set(allowed.flatMap((place) => ('host' in place ? [place.host] : [])));
    this.networks = allowed.flatMap((place) => ('network' in place ? [place.network] : []));
  }

  /** The operator named this host: whatever it resolves to may be called. */
  allowsHost(name: string): boolean {
    return this.allowPrivate || this.hosts.has(hostName(name));
  }

  /** What speaks against calling an IP address, as in "is a private address"; undefined when nothing does. */
  objection(ip: string): string | undefined {
    if (this.allowPrivate) return undefined;
    const address = ipaddr.parse(ip);
    const carried = carriedAddress(address);
    if (this.isListed(address) || (carried && this.isListed(carried))) return undefined;
    return objectionTo(carried && within(address, NAT64) ? carried : address);
  }

  private isListed(address: Address): boolean {
    return this.networks.some((network) => within(address, network));
  }
}

function within(address: Address, [base, bits]: Network): boolean {
  return address.kind() === base.kind() && address.match(base, bits);
}

/** The IPv4 address that an IPv6 address stands for. */
function carriedAddress(address: Address): ipaddr.IPv4 | undefined {
  if (!(address instanceof ipaddr.IPv6)) return undefined;
  const carries = address.isIPv4MappedAddress() || within(address, NAT64);
  return carries ? new ipaddr.IPv4(address.toByteArray().slice(12)) : undefined;
}

function objectionTo(address: Address): string | undefined {
  const range = address.range();
  if (range !== 'unicast') return KINDS[range] ?? 'a reserved address';
  if (METADATA.has(address.toString())) return 'where a cloud tells its secrets';
  // Only 2000::/3 was ever given out; the rest holds site-local, IPv4-compatible and other forgotten forms.
  const isPublic = address instanceof ipaddr.IPv4 || ((address.toByteArray()[0] ?? 0) & 0xe0) === 0x20;
  return isPublic ? undefined : 'a reserved address';
}
