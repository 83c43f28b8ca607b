import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { isRollcallError, RollcallError } from '@rollcall/core';
import { buildConnector } from 'undici';
import type { AddressRules } from './address-rules';

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** Every address of a host name; fails like `dns.lookup`. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export const resolveBySystem: Resolve = (hostname) => systemLookup(hostname, { all: true });

/** How long a connection may take to be there. */
const CONNECT_MS = 10_000;

/**
 * Lets connections through only to addresses that the operator's rules allow. A name is looked up once: what was checked
 * is what is connected to, so an answer that changes a moment later (DNS rebinding) helps nobody.
 */
export class AddressGuard {
  constructor(
    private readonly rules: AddressRules,
    private readonly resolve: Resolve = resolveBySystem,
  ) {}

  /** The addresses of a host, every one of them allowed. Throws `configuration`, or what the resolver throws. */
  async addressesOf(hostname: string): Promise<readonly ResolvedAddress[]> {
    const literal = bare(hostname);
    const family = isIP(literal);
    const addresses = family === 0 ? await this.resolve(hostname) : [{ address: literal, family }];
    if (!this.rules.allowsHost(hostname)) for (const { address } of addresses) this.require(literal, address);
    return addresses;
  }

  /**
   * For requests that a proxy carries on: it looks names up itself, often for a machine that cannot, so only what is known
   * here to be forbidden is refused.
   */
  async requireForProxy(hostname: string): Promise<void> {
    try {
      await this.addressesOf(hostname);
    } catch (error) {
      // That it cannot be looked up here says nothing.
      if (isRollcallError(error)) throw error;
    }
  }

  /** Opens connections for undici. */
  connector(): buildConnector.connector {
    const lookup: LookupFunction = (hostname, { all }, callback) => {
      this.addressesOf(hostname).then(
        (addresses) => {
          const [first] = addresses;
          if (all === true || !first) callback(null, [...addresses]);
          else callback(null, first.address, first.family);
        },
        (error: unknown) => callback(error as NodeJS.ErrnoException, []),
      );
    };
    const connect = buildConnector({ lookup, timeout: CONNECT_MS, allowH2: false });
    return (options, callback) => {
      // Node does not look up what is an address already.
      const ready = isIP(bare(options.hostname)) === 0 ? Promise.resolve() : this.addressesOf(options.hostname);
      ready.then(
        () => connect(options, callback),
        (error: unknown) => callback(error as Error, null),
      );
    };
  }

  private require(host: string, address: string): void {
    const objection = this.rules.objection(address);
    if (objection === undefined) return;
    const what = host === address ? `${host} is ${objection}` : `${host} leads to ${address}, which is ${objection}`;
    throw new RollcallError(
      'configuration',
      `${what}: such addresses are not called. If this one is right, the operator of Rollcall can allow it with ` +
        `ROLLCALL_ALLOW_ADDRESSES=${host} (or all of them with ROLLCALL_ALLOW_PRIVATE_ADDRESSES=on).`,
    );
  }
}

/** The host of a URL without the brackets of IPv6. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
