import { Logger } from '@nestjs/common';

/**
 * A promise that was rejected and that nobody waits for, nearly always one that an adapter left lying: its task has its own
 * end, and everybody else's work goes on. Only where it came from is logged: what foreign code says may hold secrets.
 */
export function goOnAfterRejections(): void {
  const logger = new Logger('Process');
  process.on('unhandledRejection', (reason) => {
    const { name, stack } = reason instanceof Error ? reason : { name: typeof reason, stack: undefined };
    const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    logger.error(
      { name, at: frames.map((line) => line.trim()) },
      'A promise was rejected that nobody waited for; going on',
    );
  });
}
