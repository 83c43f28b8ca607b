import { Injectable } from '@nestjs/common';
import { Config } from '../config';
import type { SqlSession } from '../engine/sql-session';
import { totalsOf } from '../tasks/task-counts';
import type { TaskRow } from '../tasks/task-row';
import { batchNumber } from '../tasks/task-view';

export type AlertKind = 'held' | 'failed' | 'target_away' | 'slowed_down' | 'overdue';

/** What an alert says of a task: numbers and codes. Messages stay here, because a vendor's may name people. */
export interface AlertedTask {
  id: number;
  batch: string;
  kind: string;
  status: string;
  heldReason?: string;
  code?: string;
  counts: ReturnType<typeof totalsOf>;
}

/**
 * What somebody has to be told, written in the transaction that makes it true: neither can be lost without the other.
 * `AlertSender` delivers it. Without a webhook nothing is written.
 */
@Injectable()
export class AlertOutbox {
  constructor(private readonly config: Config) {}

  async addTask(sql: SqlSession, kind: AlertKind, task: TaskRow): Promise<void> {
    await this.add(sql, kind, task.source_id, {
      id: task.id,
      batch: batchNumber(task),
      kind: task.kind,
      status: task.status,
      ...(task.held_reason && { heldReason: task.held_reason }),
      ...(task.error_code && { code: task.error_code }),
      counts: totalsOf(task.counts),
    });
  }

  /** A push whose caller has had the answer: of those that fail one after the other the first within an hour is told. */
  async addPush(sql: SqlSession, task: TaskRow): Promise<void> {
    if (this.config.alertWebhook === undefined) return;
    const { told } = await sql.one<{ told: boolean }>(
      `select exists (
         select 1 from tasks
         where source_id = $1 and kind = 'push' and status = 'failed' and id <> $2 and finished_at > now() - interval '1 hour'
       ) as told`,
      [task.source_id, task.id],
    );
    if (!told) await this.addTask(sql, 'failed', task);
  }

  async addSource(sql: SqlSession, kind: AlertKind, sourceId: number): Promise<void> {
    await this.add(sql, kind, sourceId, null);
  }

  private async add(
    sql: SqlSession,
    kind: AlertKind,
    sourceId: number | null,
    task: AlertedTask | null,
  ): Promise<void> {
    if (this.config.alertWebhook === undefined) return;
    await sql.query('insert into alerts (kind, source_id, task) values ($1, $2, $3)', [kind, sourceId, task]);
  }
}
