import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Fault } from './faults';

/** Where a server listens. */
export interface TcpAddress {
  host: string;
  port: number;
}

/**
 * A TCP proxy on loopback for adapters with a client of their own (LDAP, the SDK of a vendor). It counts the bytes that the server
 * answers, and after `fault.at` of them does what a network does: `reset` breaks every connection off, `truncated` ends it,
 * `silence` brings nothing more.
 */
export class TcpProxy {
  /** Bytes that the server has answered and the adapter got. */
  passed = 0;
  /** Connections that the adapter has made. */
  connections = 0;
  /** The fault was put in, which `hit` waits for. */
  struck = false;
  readonly hit: Promise<void>;
  private wasHit: () => void = () => undefined;
  private readonly pairs = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly to: TcpAddress,
    private readonly fault: Fault | undefined,
  ) {
    this.hit = new Promise((resolve) => (this.wasHit = resolve));
    server.on('connection', (client) => this.carry(client));
  }

  static async open(to: TcpAddress, fault?: Fault): Promise<TcpProxy> {
    // What only one side has ended goes on in the other direction.
    const server = createServer({ allowHalfOpen: true });
    const proxy = new TcpProxy(server, to, fault);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get address(): TcpAddress {
    return { host: '127.0.0.1', port: (this.server.address() as AddressInfo).port };
  }

  /** Connections that the adapter has not ended. */
  get open(): number {
    return this.pairs.size;
  }

  async close(): Promise<void> {
    for (const client of this.pairs) client.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private carry(client: Socket): void {
    this.connections++;
    this.pairs.add(client);
    const upstream = connect(this.to);
    const over = (): void => {
      this.pairs.delete(client);
      client.destroy();
      upstream.destroy();
    };
    // A connection that breaks off is what this is for: both ends go.
    for (const socket of [client, upstream]) socket.on('error', over).on('close', over);
    client.pipe(upstream);
    upstream.on('data', (chunk: Buffer) => this.pass(chunk, client));
    upstream.on('end', () => client.end());
    if (this.fault && this.passed >= this.fault.at) this.strike(client);
  }

  private pass(chunk: Buffer, client: Socket): void {
    const left = this.fault ? this.fault.at - this.passed : Infinity;
    if (left <= 0) return;
    this.passed += Math.min(chunk.length, left);
    client.write(chunk.subarray(0, left));
    if (chunk.length >= left) this.strike(client);
  }

  private strike(client: Socket): void {
    this.struck = true;
    this.wasHit();
    switch (this.fault?.kind) {
      case 'reset':
        client.resetAndDestroy();
        break;
      case 'truncated':
        client.end();
        break;
      default:
        // Silence: nothing more is passed on.
        break;
    }
  }
}
