import { AsyncLocalStorage, createHook } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long an adapter may take to clear up. */
const PATIENCE_MS = 1_000;

/** Work whose timers are followed. What the kit does for an adapter meanwhile is not its doing. */
const followed = new AsyncLocalStorage<symbol | undefined>();

/** Runs what the kit does itself. */
export const asKit = <T>(run: () => T): T => followed.run(undefined, run);

/** What keeps the process alive besides timers and connections. */
const OTHERS: Readonly<Record<string, string>> = {
  MessagePort: 'a thread',
  Worker: 'a thread',
  ProcessWrap: 'a child process',
  FSEventWrap: 'a watched file',
};

const countOf = (type: string): number => process.getActiveResourcesInfo().filter((one) => one === type).length;

/** What work leaves behind that is still there a second later, in words; undefined: nothing. Never rejects but with `work`. */
export async function leftBehind(work: () => Promise<unknown>): Promise<string | undefined> {
  const mine = Symbol('work');
  const timers = new Map<number, NodeJS.Timeout>();
  const hook = createHook({
    init(id, type, _trigger, resource) {
      if (type === 'Timeout' && followed.getStore() === mine) timers.set(id, resource as NodeJS.Timeout);
    },
    destroy: (id) => void timers.delete(id),
  });
  const before = new Map(Object.keys(OTHERS).map((type) => [type, countOf(type)]));
  hook.enable();
  try {
    await followed.run(mine, work);
    for (const until = performance.now() + PATIENCE_MS; ; await sleep(20)) {
      const timer = [...timers.values()].some((one) => one.hasRef());
      const other = Object.keys(OTHERS).find((type) => countOf(type) > (before.get(type) ?? 0));
      if (!timer && other === undefined) return undefined;
      if (performance.now() > until) return timer ? 'a timer' : OTHERS[other ?? ''];
    }
  } finally {
    hook.disable();
  }
}
