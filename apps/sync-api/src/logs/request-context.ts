import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line that is written underneath carries. */
export interface LogContext {
  requestId?: string;
  taskId?: number;
}

const storage = new AsyncLocalStorage<LogContext>();

/**
 * Runs something with more context: `withLogContext({ taskId }, () => engine.run(taskId))` marks every line below it,
 * whoever writes it, so that the task's page can show them.
 */
export function withLogContext<T>(context: LogContext, run: () => T): T {
  return storage.run({ ...storage.getStore(), ...context }, run);
}

/** The context of whoever asks; empty outside of a request and a task. */
export function logContext(): LogContext {
  return storage.getStore() ?? {};
}
