import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';

export interface Answer {
  status: number;
  body: unknown;
}

/** Whoever runs the first request says so often that it still does, */
const HEARTBEAT_MS = 3_000;
/** and is taken for dead when nothing was heard for so long; pushing again is harmless. */
const SILENT_SECONDS = 12;
const POLL_MS = 100;
const KEY_MAX_LENGTH = 255;

/** `Idempotency-Key`: the same key and body gives the first answer again, for 24 hours. */
@Injectable()
export class Idempotency {
  private readonly logger = new Logger(Idempotency.name);

  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  /** Runs `work` once per key. `owner` separates the keys of different callers. */
  async once(owner: string, key: string | undefined, body: unknown, work: () => Promise<Answer>): Promise<Answer> {
    if (key === undefined) return work();
    if (key.length === 0 || key.length > KEY_MAX_LENGTH) {
      throw new RollcallError('invalid_request', `Idempotency-Key must have 1 to ${KEY_MAX_LENGTH} characters.`);
    }
    const bodyHash = hash('sha256', JSON.stringify(body), 'hex');
    for (;;) {
      const earlier = await this.claim(owner, key, bodyHash);
      if (earlier === 'claimed') break;
      if (earlier) return earlier;
      await sleep(POLL_MS);
    }
    const heartbeat = setInterval(() => void this.beat(owner, key), HEARTBEAT_MS);
    try {
      const answer = await work();
      await this.pool.query('update idempotency_keys set status = $3, answer = $4 where owner = $1 and key = $2', [
        owner,
        key,
        answer.status,
        JSON.stringify(answer.body),
      ]);
      return answer;
    } catch (error) {
      // What failed as a whole has changed nothing: the caller may mend it and send it under the same key.
      await this.pool.query('delete from idempotency_keys where owner = $1 and key = $2', [owner, key]);
      throw error;
    } finally {
      clearInterval(heartbeat);
    }
  }

  /** Answers hold people's data; they go when they are of no use any more. Returns how many. */
  async forget(): Promise<number> {
    const { rowCount } = await this.pool.query(
      `delete from idempotency_keys where created_at < now() - interval '24 hours'`,
    );
    return rowCount ?? 0;
  }

  private async beat(owner: string, key: string): Promise<void> {
    const work = this.pool.query('update idempotency_keys set claimed_at = now() where owner = $1 and key = $2', [
      owner,
      key,
    ]);
    // Without Postgres there is nobody to tell: the work itself fails, or the next one is heard.
    await work.catch((error: unknown) => this.logger.warn({ err: error }, 'An Idempotency-Key could not be kept'));
  }

  /** `claimed`: it is ours to run. An answer: the first one. Undefined: the first one still runs. */
  private async claim(owner: string, key: string, bodyHash: string): Promise<'claimed' | Answer | undefined> {
    const claimed = await this.pool.query(
      `insert into idempotency_keys as k (owner, key, body_hash) values ($1, $2, $3)
       on conflict (owner, key) do update
       set body_hash = excluded.body_hash, status = null, answer = null, created_at = now(), claimed_at = now()
       where k.created_at < now() - interval '24 hours'
         or k.answer is null and k.claimed_at < now() - interval '${SILENT_SECONDS} seconds' and k.body_hash = excluded.body_hash
       returning 1`,
      [owner, key, bodyHash],
    );
    if (claimed.rowCount === 1) return 'claimed';
    const { rows } = await this.pool.query<{ body_hash: string; status: number | null; answer: string | null }>(
      'select body_hash, status, answer from idempotency_keys where owner = $1 and key = $2',
      [owner, key],
    );
    const first = rows[0];
    if (!first) return undefined;
    if (first.body_hash !== bodyHash) {
      throw new RollcallError(
        'idempotency_conflict',
        'This Idempotency-Key was used with another body within the last 24 hours. Use a new key for a new push.',
      );
    }
    if (first.answer === null || first.status === null) return undefined;
    return { status: first.status, body: JSON.parse(first.answer) };
  }
}
