import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import pg from 'pg';
import { type Observable, Subject, concatMap, filter, firstValueFrom, startWith, takeUntil, timer } from 'rxjs';
import { Config } from '../config';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { TaskLeases } from './task-leases';
import { TAKE_SIGN } from './task-sql';

const RECONNECT_MS = 1_000;

/** How often is looked for tasks that cannot tell of themselves, because their worker is gone. */
const GONE_EVERY_MS = 3_000;

/**
 * Tells this process when a task row changed, whichever process changed it: `LISTEN` on one connection of its own. The same
 * connection is the sign for others that this process lives.
 */
@Injectable()
export class TaskEvents implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(TaskEvents.name);
  private readonly changed = new Subject<number>();
  private client: pg.Client | undefined;
  private reconnecting: NodeJS.Timeout | undefined;
  private stopped = false;
  private failing = false;

  constructor(
    private readonly config: Config,
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly leases: TaskLeases,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.listen();
  }

  /** Before the server waits for its open answers: streams of events end, and pushes that wait are told to come back. */
  beforeApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.reconnecting);
    this.changed.complete();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client?.end();
  }

  /** Ids of tasks whose row changed. */
  get changes(): Observable<number> {
    return this.changed.asObservable();
  }

  /** Waits until the task is neither queued nor running; false when that takes longer than `milliseconds`. */
  async waitForEnd(taskId: number, milliseconds: number): Promise<boolean> {
    return firstValueFrom(
      this.changed.pipe(
        filter((id) => id === taskId),
        // A notification only says that something changed, and the task may have ended before anybody listened.
        startWith(taskId),
        concatMap(() => this.isOver(taskId)),
        filter((over) => over),
        takeUntil(timer(milliseconds)),
      ),
      { defaultValue: false },
    );
  }

  @Interval(GONE_EVERY_MS)
  async tellGone(): Promise<void> {
    if (!this.changed.observed) return;
    try {
      for (const id of await this.leases.ofGoneWorkers()) this.changed.next(id);
      this.failing = false;
    } catch (error) {
      // Said once, not every three seconds.
      if (!this.failing) this.logger.warn({ err: error }, 'Looking for tasks without a worker failed; trying again');
      this.failing = true;
    }
  }

  private async isOver(taskId: number): Promise<boolean> {
    const { rows } = await this.pool.query<{ over: boolean }>(
      `select status not in ('queued', 'running') as over from tasks where id = $1`,
      [taskId],
    );
    return rows[0]?.over ?? true;
  }

  private async listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.config.databaseUrl, application_name: 'rollcall listener' });
    client.on('notification', ({ payload }) => this.changed.next(Number(payload)));
    client.on('error', (error) => this.reconnect(client, error));
    this.client = client;
    try {
      await client.connect();
      // A stop during the connecting found nothing to end yet.
      if (this.stopped) await client.end();
      else {
        await client.query('listen rollcall_tasks');
        await client.query(TAKE_SIGN, [this.leases.owner]);
      }
    } catch (error) {
      this.reconnect(client, error);
    }
  }

  /** A connection that breaks while it is being made says so twice. */
  private reconnect(client: pg.Client, error: unknown): void {
    if (this.stopped || this.client !== client) return;
    this.client = undefined;
    this.logger.warn({ err: error }, 'The connection that hears of tasks broke; connecting again');
    client.removeAllListeners();
    client.on('error', () => undefined);
    void Promise.allSettled([client.end()]);
    this.reconnecting = setTimeout(() => void this.listen(), RECONNECT_MS).unref();
  }
}
