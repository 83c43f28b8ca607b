import { setTimeout as sleep } from 'node:timers/promises';
import { fail, type RuleDraft } from '../conformance';
import type { Fault } from '../faults';
import { leftBehind } from '../leftovers';
import { overWithin } from '../patience';
import { LOCAL, type Session } from '../session';

/** An adapter stops within this time. */
const STOPS_MS = 1_000;
/** So long nothing may be heard of it afterwards. */
const QUIET_MS = 250;

/** Some use of an adapter that can be stopped. */
export interface Stoppable {
  session(fault?: Fault): Promise<Session>;
  /** Uses the adapter to the end; never rejects. */
  use(session: Session): Promise<unknown>;
  /** Begins, gets one thing, and does not want the rest. */
  abandon(session: Session): Promise<unknown>;
  /** How many requests, or bytes, a use of it takes. */
  used(): Promise<number>;
  tcp: boolean;
  /** There is no connection that could be disturbed. */
  local: boolean;
  /** As in "a read". */
  what: string;
}

/** Rules for an adapter that is told to stop, or is not wanted any more. */
export function stoppingRules(use: Stoppable): RuleDraft[] {
  const { what, tcp } = use;
  const leftOut = use.local ? LOCAL : undefined;
  const middle = async (kind: Fault['kind'], times?: number): Promise<Fault> => ({
    kind,
    at: Math.max(1, Math.floor((await use.used()) / 2)),
    ...(times !== undefined && { times }),
  });
  return [
    {
      id: 'abort-while-asking',
      title: `${what} that waits for an answer stops within a second, and asks nothing more`,
      leftOut,
      check: async () => requireStop(use, await middle('silence'), 0),
    },
    {
      id: 'abort-while-waiting',
      title: `${what} that waits to try again stops within a second, and asks nothing more`,
      leftOut,
      check: async () => {
        for (const kind of tcp ? (['reset'] as const) : (['server-error', 'busy'] as const)) {
          await requireStop(use, await middle(kind), 30);
        }
      },
    },
    {
      id: 'abandoned',
      title: `${what} that nobody wants to go on with lets go of everything`,
      check: async () => requireNothingLeft(use, (session) => use.abandon(session), undefined),
    },
    {
      id: 'nothing-left',
      title: `${what} leaves no timer, thread or connection behind, whether it ends well or not`,
      check: async () => {
        await requireNothingLeft(use, (session) => use.use(session), undefined);
        if (!use.local)
          await requireNothingLeft(use, (session) => use.use(session), await middle(tcp ? 'reset' : 'html'));
      },
    },
  ];
}

/** Stops it `afterMs` after the fault was put in. */
async function requireStop(use: Stoppable, fault: Fault, afterMs: number): Promise<void> {
  const session = await use.session(fault);
  try {
    const using = use.use(session);
    await Promise.race([using, session.hit]);
    if (afterMs > 0) await overWithin(afterMs, using);
    session.abort();
    if (!(await overWithin(STOPS_MS, using))) {
      fail(
        `Told to stop, ${use.what} went on for more than a second.`,
        'Hand context.signal to every wait: setTimeout of node:timers/promises takes it, and a client of your own has to be closed when it is aborted.',
      );
    }
    const { asked } = session;
    await sleep(QUIET_MS);
    if (session.asked === asked) return;
    fail(
      `After ${use.what} was stopped, it asked ${session.asked - asked} times more.`,
      'Await what you begin, and look at context.signal before you begin something new.',
    );
  } finally {
    await session.close();
  }
}

async function requireNothingLeft(
  use: Stoppable,
  work: (session: Session) => Promise<unknown>,
  fault: Fault | undefined,
): Promise<void> {
  const session = await use.session(fault);
  try {
    let asked = 0;
    const left = await leftBehind(async () => {
      await work(session);
      ({ asked } = session);
    });
    if (left !== undefined) {
      fail(`After ${use.what} ${left} is left.`, 'Clear it in a "finally": it keeps the process alive.');
    }
    for (let waited = 0; session.openConnections > 0 && waited < STOPS_MS; waited += 20) await sleep(20);
    if (session.openConnections > 0) {
      fail(`After ${use.what} ${session.openConnections} connections are open.`, 'Close the client in a "finally".');
    }
    await sleep(QUIET_MS / 5);
    if (session.asked > asked) {
      fail(
        `After ${use.what} was over, it asked ${session.asked - asked} times more.`,
        'Await what you begin; stop in the "finally" of the generator.',
      );
    }
  } finally {
    await session.close();
  }
}
