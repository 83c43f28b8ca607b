import { Logger } from '@nestjs/common';

const logger = new Logger('Process');

const LEFT_LYING = 'A promise was rejected that nobody waited for; going on';

const UNCAUGHT =
  'An exception was thrown where nobody could catch it, nearly always in a timer or an event handler of an adapter: Rollcall ' +
  'stops, because nobody knows what was left half done. The first line of "at" that is not ours names the adapter: correct ' +
  'it, or take it out ("npx rollcall remove", ROLLCALL_ADAPTERS), and start again. What ran goes on then.';

/**
 * A promise that was rejected and that nobody waits for, nearly always one that an adapter left lying: its task has its own
 * end, and everybody else's work goes on.
 */
export function goOnAfterRejections(): void {
  process.on('unhandledRejection', (reason) => logger.error(whence(reason), LEFT_LYING));
}

/** An exception that reached the top: it is logged and told, then the process must stop. */
export function stopAfterExceptions(stop: () => void): void {
  process.on('uncaughtException', (error) => {
    const { name, at } = whence(error);
    logger.error({ name, at }, UNCAUGHT);
    console.error([`${name}: ${UNCAUGHT}`, ...at.slice(0, 5)].join('\n  '));
    stop();
  });
}

/** Only where it came from: what foreign code says may hold secrets. */
function whence(reason: unknown): { name: string; at: string[] } {
  const { name, stack } = reason instanceof Error ? reason : { name: typeof reason, stack: undefined };
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { name, at: frames.map((line) => line.trim()) };
}
