import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { request } from 'undici';
import { Config } from '../config';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { withDeadline } from '../outbound/deadline';
import { SecretBox } from '../secrets/secret-box';
import { type AlertRow, alertBody, signature } from './alert-body';

const EVERY_MS = 2_000;

/** Shorter than the first pause, so that nobody else takes an alert that is being sent. */
const ANSWER_WITHIN_SECONDS = 10;

const GIVE_UP_AFTER_MS = 3 * 86_400_000;

/** Takes the next alert that is due, those first that were never tried, and puts off its next try: 15 s, 30 s, … at most an hour. */
const CLAIM = `
  update alerts a
  set attempts = attempts + 1,
    next_attempt_at = clock_timestamp() + least(interval '15 seconds' * (2 ^ least(attempts, 12)), interval '1 hour')
  where id = (
    select id from alerts where next_attempt_at <= clock_timestamp() order by attempts, id limit 1 for update skip locked
  )
  returning id, kind, source_id, task, created_at, attempts,
    (select name from sources where id = a.source_id) as source_name,
    (
      select count(*)::int from tasks h
      where h.source_id = a.source_id and h.status = 'held' and h.held_reason = a.task->>'heldReason'
    ) as held`;

/**
 * Delivers alerts to ROLLCALL_ALERT_WEBHOOK, each at least once and by one process at a time. The address is the
 * operator's own, so it may be a private one. It gives up after three days.
 */
@Injectable()
export class AlertSender implements OnModuleDestroy {
  private readonly logger = new Logger(AlertSender.name);
  private readonly stop = new AbortController();
  private readonly secret: string;
  private sending: Promise<void> | undefined;

  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly config: Config,
    secretBox: SecretBox,
  ) {
    this.secret = config.alertSecret ?? secretBox.derive('alerts');
  }

  @Interval(EVERY_MS)
  async send(): Promise<void> {
    if (this.config.alertWebhook === undefined || this.stop.signal.aborted) return;
    this.sending ??= this.sendDue(this.config.alertWebhook).finally(() => (this.sending = undefined));
    await this.sending;
  }

  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    await this.sending;
  }

  private async sendDue(address: string): Promise<void> {
    try {
      while (!this.stop.signal.aborted) {
        const { rows } = await this.pool.query<AlertRow>(CLAIM);
        if (!rows[0]) return;
        await this.deliver(address, rows[0]);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'Alerts could not be looked for; trying again');
    }
  }

  private async deliver(address: string, alert: AlertRow): Promise<void> {
    const problem = await this.post(address, alert);
    const givenUp = problem !== undefined && Date.now() - alert.created_at.getTime() > GIVE_UP_AFTER_MS;
    if (problem === undefined || givenUp) await this.pool.query('delete from alerts where id = $1', [alert.id]);
    if (problem === undefined) return;
    const { id, kind, attempts } = alert;
    const next = givenUp ? 'it is given up' : 'it is tried again';
    this.logger.error({ alertId: id, kind, attempts, problem }, `An alert could not be delivered; ${next}`);
  }

  /** Returns what went wrong. The address may hold a token, so it is not named. */
  private async post(address: string, alert: AlertRow): Promise<string | undefined> {
    const body = JSON.stringify(alertBody(alert, this.config.publicUrl));
    const timestamp = Math.floor(Date.now() / 1000);
    try {
      const statusCode = await withDeadline(
        { seconds: ANSWER_WITHIN_SECONDS, signal: this.stop.signal, late: noAnswer },
        async (signal) => {
          // Not `fetch`: that refuses ports which browsers keep away from, and a webhook may listen on any.
          const answer = await request(address, {
            method: 'POST',
            headers: {
              'Content-Type': 'application/json',
              'User-Agent': 'Rollcall',
              'X-Rollcall-Alert': String(alert.id),
              'X-Rollcall-Timestamp': String(timestamp),
              'X-Rollcall-Signature': signature(this.secret, timestamp, body),
            },
            body,
            signal,
          });
          await answer.body.dump();
          return answer.statusCode;
        },
      );
      return statusCode >= 200 && statusCode < 300 ? undefined : `The webhook answered ${statusCode}.`;
    } catch (error) {
      return error instanceof Error ? `${error.name}: the webhook was not reached.` : 'The webhook was not reached.';
    }
  }
}

const noAnswer = (): Error => Object.assign(new Error('No answer in time.'), { name: 'TimeoutError' });
