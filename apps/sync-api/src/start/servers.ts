import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import {
  type EmbeddedPostgres,
  type EmbeddedRedis,
  StartError,
  isRunning,
  keepSecret,
  startEmbeddedPostgres,
  startEmbeddedRedis,
} from '@rollcall/embedded';
import { Client } from 'pg';
import { Config } from '../config';
import { waitForPostgres, waitForRedis } from './outside-servers';

const DATABASE = 'rollcall';
const LOOK_EVERY_MS = 1_000;
const REDIS_KINDS = {
  path: 'the server on PATH',
  debian: "from this system's packages",
  javascript: 'in JavaScript',
};

/** The servers that this process runs below ROLLCALL_HOME: those that the environment does not name. */
export class Servers {
  private readonly logger = new Logger('Servers');
  private readonly stopping = new AbortController();
  private postgres: EmbeddedPostgres | undefined;
  private redis: EmbeddedRedis | undefined;
  private failure: { error: unknown } | undefined;
  private watch: NodeJS.Timeout | undefined;
  private reviving: Promise<void> | undefined;

  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly home: string,
    private readonly progress: (text: string) => void,
  ) {}

  /** The environment, with DATABASE_URL, REDIS_URL and ROLLCALL_SECRET_KEY in it. */
  async start(signal: AbortSignal): Promise<NodeJS.ProcessEnv> {
    checkSettings(this.env);
    signal.addEventListener('abort', () => this.stopping.abort(signal.reason), { once: true });
    const secretKey = this.env['ROLLCALL_SECRET_KEY'] || this.ownSecretKey();
    const [databaseUrl, redisUrl] = await all(
      this.databaseUrl().catch((error: unknown) => this.giveUp(error)),
      this.redisUrl().catch((error: unknown) => this.giveUp(error)),
    );
    // A server that dies is started again at the same address; the service's connections heal themselves.
    this.watch = setInterval(() => {
      this.reviving ??= this.revive().finally(() => (this.reviving = undefined));
    }, LOOK_EVERY_MS).unref();
    return { ...this.env, DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ROLLCALL_SECRET_KEY: secretKey };
  }

  async stop(patience: number): Promise<void> {
    this.stopping.abort();
    clearInterval(this.watch);
    await this.reviving;
    await all(this.redis?.stop(patience), this.postgres?.stop(patience));
  }

  private async databaseUrl(): Promise<string> {
    const given = this.env['DATABASE_URL'];
    if (given) {
      await waitForPostgres(given, this.stopping.signal);
      return given;
    }
    this.progress('Starting Postgres …');
    this.postgres = await this.startPostgres();
    await createDatabase(this.postgres.url('postgres'));
    this.progress(
      this.postgres.adopted ? 'Postgres still ran, left by a Rollcall that was killed.' : 'Postgres is up.',
    );
    return this.postgres.url(DATABASE);
  }

  private async redisUrl(): Promise<string> {
    const given = this.env['REDIS_URL'];
    if (given) {
      await waitForRedis(given, this.stopping.signal);
      return given;
    }
    this.redis = await this.startRedis();
    this.progress(`Redis is up (${REDIS_KINDS[this.redis.kind]}).`);
    return this.redis.url;
  }

  /** One of the two could not be had: the other need not be waited for. */
  private giveUp(error: unknown): never {
    this.failure ??= { error };
    this.stopping.abort();
    throw this.failure.error;
  }

  private startPostgres(): Promise<EmbeddedPostgres> {
    const directory = join(this.home, 'postgres');
    const logFile = join(this.home, 'logs', 'postgres.log');
    return startEmbeddedPostgres({ directory, logFile, signal: this.stopping.signal });
  }

  private startRedis(): Promise<EmbeddedRedis> {
    const directory = join(this.home, 'redis');
    const cacheDirectory = join(this.home, 'cache');
    return startEmbeddedRedis({ directory, cacheDirectory, signal: this.stopping.signal });
  }

  private async revive(): Promise<void> {
    try {
      if (this.postgres && !isRunning(this.postgres.pid)) {
        this.logger.error('Postgres has ended; it is started again.');
        this.postgres = await this.startPostgres();
      }
      if (this.redis && !isRunning(this.redis.pid)) {
        this.logger.error('Redis has ended; it is started again.');
        this.redis = await this.startRedis();
      }
    } catch (error) {
      if (!this.stopping.signal.aborted) this.logger.error(error);
    }
  }

  private ownSecretKey(): string {
    const role = this.env['ROLLCALL_ROLE'] || 'all';
    if (this.env['DATABASE_URL'] && role !== 'all') {
      throw new StartError(
        `ROLLCALL_SECRET_KEY is not set. With DATABASE_URL and ROLLCALL_ROLE=${role} several processes share the ` +
          'database, and they must share the key too. Make one with: openssl rand -base64 32',
      );
    }
    return keepSecret(join(this.home, 'secret.key'), () => randomBytes(32).toString('base64'));
  }
}

/** A wrong setting is said before anything is started. */
function checkSettings(env: NodeJS.ProcessEnv): void {
  try {
    new Config({ DATABASE_URL: 'later', REDIS_URL: 'later', ...env });
  } catch (cause) {
    throw new StartError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    const { rows } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rows.length === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** Waits for both even when one fails, so that whatever was started is known and can be stopped. */
async function all<A, B>(one: Promise<A> | undefined, other: Promise<B> | undefined): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]) as Promise<[A, B]>;
}
