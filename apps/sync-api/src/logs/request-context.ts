import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known, underneath, of the request or task that is worked on. Log lines carry it, but for the address. */
export interface LogContext {
  requestId?: string;
  taskId?: number;
  /** Of whoever sent the request. It tells where a person sits: the audit keeps it, no log line does. */
  address?: string;
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

/** What a log line carries of it: a copy, because pino writes the fields of the line into what it gets. */
export function lineContext(): Omit<LogContext, 'address'> {
  const { address: _private, ...line } = logContext();
  return line;
}
