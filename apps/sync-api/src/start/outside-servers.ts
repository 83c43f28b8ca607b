import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '@rollcall/embedded';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { errorCode } from '../error-code';

/** Servers that start together with us may need this long. */
const PATIENCE_MS = 30_000;

/** Codes of Postgres and of the network that do not pass by waiting: wrong password, no such role or database or host. */
const FINAL = new Set<unknown>(['28P01', '28000', '3D000', 'ENOTFOUND', 'ERR_INVALID_URL']);

/** Waits until the Postgres that DATABASE_URL names takes connections; a plain refusal when it does not. */
export function waitForPostgres(url: string, signal: AbortSignal): Promise<void> {
  return waitFor('DATABASE_URL', url, signal, async () => {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    await client.connect();
    await client.end();
  });
}

/** Waits until the Redis that REDIS_URL names answers; a plain refusal when it does not. */
export function waitForRedis(url: string, signal: AbortSignal): Promise<void> {
  return waitFor('REDIS_URL', url, signal, async () => {
    const client = new Redis(url, { lazyConnect: true, connectTimeout: 5_000, retryStrategy: null });
    let reason: unknown;
    client.on('error', (error) => (reason = error)); // says more than what connect() throws
    try {
      await client.connect();
      await client.ping();
    } catch (error) {
      throw reason ?? error;
    } finally {
      client.disconnect();
    }
  });
}

async function waitFor(name: string, url: string, signal: AbortSignal, attempt: () => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; ;) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (cause) {
      if (Date.now() > deadline || FINAL.has(errorCode(cause))) {
        throw new StartError(`${name} names ${withoutPassword(url)}, which cannot be used: ${reasonOf(cause)}`, {
          cause,
        });
      }
    }
    await sleep(500);
  }
}

function withoutPassword(url: string): string {
  return url.replace(/(\/\/[^:/@]*):[^@]*@/, '$1:…@');
}

/** A name with several addresses fails with an error that has no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
