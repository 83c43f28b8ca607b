import { secretNames } from '../checks/config-schema';
import { readRecord } from '../read-record';
import { DATA_TYPES, type DataType } from '../records';
import type { Page, PullContext, PullResult, SourceAdapter } from '../source';
import { fail } from './conformance';
import type { Fault } from './faults';
import { sayError } from './say-error';
import { Session, within } from './session';
import type { SourceFixture } from './source-fixture';

/** How long a read of a small company may take. */
const READ_SECONDS = 15;

/** What a read is asked, besides the options. */
export interface Asked {
  options?: object;
  fault?: Fault;
  since?: string;
  resumeAfter?: string;
}

/** What a read did. */
export interface PullRun {
  pages: Page[];
  /** When each page came, as the count of requests by then. */
  usedAtPage: number[];
  result?: PullResult;
  error?: unknown;
  session: Session;
}

/** A source adapter under test. */
export class SourceSubject {
  readonly secrets: readonly string[];
  private first: Promise<PullRun> | undefined;

  constructor(
    readonly adapter: SourceAdapter,
    readonly fixture: SourceFixture,
  ) {
    this.secrets = secretNames(adapter.configSchema);
  }

  /** A read with options that work and nothing in its way; made once. Throws when it fails. */
  clean(): Promise<PullRun> {
    return (this.first ??= this.pull().then((run) => {
      required(run, 'A read with the options of the fixture');
      return run;
    }));
  }

  /** Reads to the end, whatever that is. */
  async pull(asked: Asked = {}): Promise<PullRun> {
    const session = await this.session(asked);
    try {
      return await within(READ_SECONDS, this.read(session, asked), 'A read', ENDLESS);
    } finally {
      await session.close();
    }
  }

  session({ options, fault }: Asked = {}): Promise<Session> {
    return Session.open(this.adapter, this.fixture, { ...(options && { options }), ...(fault && { fault }) });
  }

  /** The pages of a read, as far as somebody asks for them. */
  pages(session: Session, { since, resumeAfter }: Asked = {}): AsyncGenerator<Page, PullResult, undefined> {
    const { adapter } = this;
    if (!adapter.pull) throw new Error('the adapter has no pull');
    const context: PullContext = {
      ...session.context,
      known: () => Promise.resolve(new Map()),
      mode: since === undefined ? 'full' : 'incremental',
      ...(since !== undefined && { since }),
      ...(resumeAfter !== undefined && { resumeAfter }),
    };
    return adapter.pull(context);
  }

  async read(session: Session, asked: Asked = {}): Promise<PullRun> {
    const run: PullRun = { pages: [], usedAtPage: [], session };
    try {
      const pages = this.pages(session, asked);
      for (let next = await pages.next(); ; next = await pages.next()) {
        if (next.done) {
          run.result = next.value;
          return run;
        }
        run.pages.push(next.value);
        run.usedAtPage.push(session.used);
      }
    } catch (error) {
      run.error = error;
      session.traces.thrown(error);
      return run;
    }
  }

  /**
   * A read with a fault at a place between 0 (the beginning) and 1 (the last request). What an adapter remembers makes later reads
   * shorter, so the place is looked for again when it was not reached.
   */
  async pullWithFault(kind: Fault['kind'], place: number, times?: number): Promise<PullRun & { wasHit: boolean }> {
    let { used } = (await this.clean()).session;
    for (let tries = 0; ; tries++) {
      const at = placeOf(place, used, this.fixture.tcp !== undefined);
      const session = await this.session({ fault: { kind, at, ...(times !== undefined && { times }) } });
      try {
        const run = await within(READ_SECONDS, this.read(session), `A read with a fault (${kind})`, ENDLESS);
        const { wasHit } = session;
        if (wasHit || tries === 3) return { ...run, wasHit };
        used = session.used;
      } finally {
        await session.close();
      }
    }
  }

  /** Everybody that a read named, as Rollcall would know them. */
  seen({ pages }: Pick<PullRun, 'pages'>): Record<DataType, string[]> {
    const of = (dataType: DataType): string[] =>
      pages
        .filter((page) => page.dataType === dataType)
        .flatMap(({ records = [], failed = [] }) => [...records, ...failed.map(({ uid }) => ({ uid }))])
        .flatMap((record) => readRecord(dataType, record, { uidCase: this.adapter.uidCase }).uid ?? []);
    return { user: of('user'), department: of('department') };
  }

  /** Everybody whom the server holds, as Rollcall would know them. */
  held(dataType: DataType): string[] {
    const uids = this.fixture.holds()[dataType] ?? [];
    return this.adapter.uidCase === 'insensitive' ? uids.map((uid) => uid.toLowerCase()) : [...uids];
  }

  /** The data types of which a read claims to have seen everybody, and has not. */
  falselyComplete(run: PullRun): DataType[] {
    const seen = this.seen(run);
    return DATA_TYPES.filter(
      (dataType) => run.result?.complete[dataType] === true && missing(this.held(dataType), seen[dataType]).length > 0,
    );
  }
}

const ENDLESS = 'Each wait needs an end: give requests a time limit, and end paging that brings nothing new.';

function placeOf(place: number, used: number, bytes: boolean): number {
  const last = bytes ? used - 1 : used;
  return Math.max(1, Math.min(last, Math.ceil(last * place)));
}

export const missing = (wanted: readonly string[], there: readonly string[]): string[] => {
  const set = new Set(there);
  return wanted.filter((uid) => !set.has(uid));
};

/** The result of a read that had no reason to fail. */
export function required({ result, error }: PullRun, what: string): PullResult {
  if (result) return result;
  return fail(`${what} failed: ${sayError(error)}.`, 'Look at what the fixture gives, then at the adapter.', error);
}
