import { setTimeout as sleep } from 'node:timers/promises';
import { goOnAfterRejections, stopAfterExceptions } from './stray-errors';

/** One Ctrl-C reaches us up to three times: from the terminal, from npm, from the shell between. */
const SAME_PRESS_MS = 1_000;
/** Stopping takes 10 s at most. Draining gets the larger part, the servers the rest. */
const DRAIN_MS = 7_000;
const SERVERS_MS = 9_300;
const HARD_STOP_MS = 9_800;

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export interface StopSteps {
  /** Breaks off a start that is under way, takes nothing new and lets what runs come to an end. */
  drain(): Promise<void>;
  /** Stops them within so many milliseconds. */
  stopServers(patience: number): Promise<void>;
  done(clean: boolean): void;
}

/**
 * A stop goes: asked → drain → servers → process ends, with code 0 when all went well. Asked once more, it does not wait
 * for the drain. Returns the stop for other reasons than a signal; it does not come back.
 */
export function stopOnSignal(steps: StopSteps): (error: unknown) => Promise<never> {
  const hurry = new AbortController();
  let askedAt = 0;
  let stopping: Promise<never> | undefined;

  const run = async (code: number): Promise<never> => {
    setTimeout(() => process.exit(1), HARD_STOP_MS);
    const givenUp = sleep(DRAIN_MS, false, { signal: hurry.signal }).catch(() => false);
    const drained = await Promise.race([givenUp, succeeds(steps.drain())]);
    const patience = hurry.signal.aborted ? 1_500 : askedAt + SERVERS_MS - Date.now();
    const clean = (await succeeds(steps.stopServers(patience))) && drained;
    steps.done(clean);
    return process.exit(clean ? code : 1);
  };
  const ask = (code: number): Promise<never> => {
    const now = Date.now();
    if (stopping && now - askedAt > SAME_PRESS_MS) hurry.abort();
    if (!stopping) askedAt = now;
    return (stopping ??= run(code));
  };
  const fail = (error: unknown): Promise<never> => {
    if (!stopping) console.error(`\n${describe(error)}\n`);
    return ask(1);
  };

  for (const signal of SIGNALS) process.on(signal, () => void ask(0));
  // Whoever read our output is gone; that must not keep us from stopping in good order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => void ask(0));
  stopAfterExceptions(() => void ask(1));
  goOnAfterRejections();
  return fail;
}

function succeeds(work: Promise<void>): Promise<boolean> {
  return work.then(
    () => true,
    (error: unknown) => {
      console.error(describe(error));
      return false;
    },
  );
}

/** Errors of ours say what to do; of others the stack is wanted. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const ours = error.name === 'StartError' || error.name === 'RollcallError';
  return ours ? error.message : (error.stack ?? error.message);
}
