import { withDefaults } from '../checks/config-schema';
import type { Adapter } from '../adapter';
import type { AdapterContext } from '../contract';
import type { HttpClient } from '../http';
import type { Fault } from './faults';
import { HttpLine } from './http-line';
import { type TcpAddress, TcpProxy } from './tcp-proxy';
import { Traces } from './traces';
import { fail } from './conformance';
import { overWithin } from './patience';

export type Options = Record<string, unknown>;

/** How an adapter that does not use `context.http` reaches its server. */
export interface TcpFixture {
  /** Where the server listens. */
  server(): TcpAddress;
  /** Options that lead there by this address instead: that of a proxy which puts faults in. */
  through(address: TcpAddress): object;
}

/** Options of an adapter, as they are now and as they once were. */
export interface OptionsFixture {
  options(): object;
  /** For an `optionsVersion` above 1: options as they were stored for earlier versions, all of them if possible. */
  earlier?: readonly { readonly version: number; readonly options: object }[];
}

/** What of a fixture a session needs. */
export interface SessionFixture extends OptionsFixture {
  /** Answers requests instead of a server. */
  http?: HttpClient;
  tcp?: TcpFixture;
  /** The adapter asks nobody: it works on the machine of Rollcall, on a file for example. */
  local?: boolean;
}

/** Why rules about connections are left out. */
export const LOCAL = 'The adapter works on the machine of Rollcall: there is no connection to disturb.';

/** The adapter was told to stop with this. */
export const STOPPED = 'The test stops the adapter.';

/** One use of an adapter: what it is handed, and what is seen of it meanwhile. */
export class Session {
  readonly traces = new Traces();
  private readonly stop = new AbortController();
  private readonly http: HttpLine;

  private constructor(
    private readonly options: Options,
    fault: Fault | undefined,
    private readonly proxy: TcpProxy | undefined,
    http: HttpClient | undefined,
  ) {
    this.http = new HttpLine(this.stop.signal, proxy ? undefined : fault, http);
  }

  static async open(
    adapter: Adapter,
    fixture: SessionFixture,
    more: { options?: object; fault?: Fault } = {},
  ): Promise<Session> {
    const proxy = fixture.tcp && (await TcpProxy.open(fixture.tcp.server(), more.fault));
    const given = {
      ...(proxy && fixture.tcp ? fixture.tcp.through(proxy.address) : fixture.options()),
      ...more.options,
    };
    return new Session(withDefaults(adapter.configSchema, given), more.fault, proxy, fixture.http);
  }

  get context(): AdapterContext {
    const { options, traces, http, stop } = this;
    return { options, logger: traces.logger, http: http.client, signal: stop.signal };
  }

  /** Requests by HTTP, or bytes that came through the proxy. */
  get used(): number {
    return this.proxy ? this.proxy.passed : this.http.asked;
  }

  /** Requests by HTTP, or connections that were made. */
  get asked(): number {
    return this.proxy ? this.proxy.connections : this.http.asked;
  }

  /** Requests by HTTP that came more than so many milliseconds after the fault. */
  askedAfter(milliseconds: number): number {
    return this.http.askedAt.filter((at) => at > this.http.hitAt + milliseconds).length;
  }

  /** Connections through the proxy that the adapter has not ended. */
  get openConnections(): number {
    return this.proxy?.open ?? 0;
  }

  /** Settles when the fault is put in. */
  get hit(): Promise<void> {
    return this.proxy ? this.proxy.hit : this.http.hit;
  }

  get wasHit(): boolean {
    return this.proxy ? this.proxy.struck : this.http.hitAt < Infinity;
  }

  get stopped(): boolean {
    return this.stop.signal.aborted;
  }

  /** What the adapter was given and must not show: name → value. */
  secretValues(names: readonly string[]): Record<string, string> {
    return Object.fromEntries(
      names.flatMap((name) => {
        const value = this.options[name];
        return typeof value === 'string' && value.length >= SHORTEST_SECRET ? [[name, value]] : [];
      }),
    );
  }

  abort(): void {
    this.stop.abort(new Error(STOPPED));
  }

  /** Ends what the kit itself has open. */
  async close(): Promise<void> {
    if (!this.stopped) this.abort();
    await this.proxy?.close();
  }
}

/** Shorter ones would be found in ordinary words. */
const SHORTEST_SECRET = 4;

/** The result of work of an adapter, or a finding when it does not come to an end. */
export async function within<T>(seconds: number, work: Promise<T>, what: string, remedy: string): Promise<T> {
  if (await overWithin(seconds * 1000, work)) return work;
  return fail(`${what} did not come to an end within ${seconds} seconds.`, remedy);
}
