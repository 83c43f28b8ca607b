import { Injectable } from '@nestjs/common';
import { Config } from '../config';
import type { SqlSession } from '../engine/sql-session';
import { totalsOf } from '../tasks/task-counts';
import type { TaskRow } from '../tasks/task-row';
import { batchNumber } from '../tasks/task-view';
import { TELL_FAILED, TELL_FAILED_PUSH, TELL_HELD } from './tell-sql';

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

  /**
   * A plan waits for a decision: told once for each source and reason, until none of them waits any more. `replaces`: it came
   * in the place of another one that waited.
   */
  async addHeld(sql: SqlSession, task: TaskRow, replaces: boolean): Promise<void> {
    await this.tell(sql, 'held', TELL_HELD, task, { reason: task.held_reason ?? '', replaces });
  }

  /** A task failed, or its read was cut short: told once for each source, kind and reason, until one does better. */
  async addFailed(sql: SqlSession, task: TaskRow): Promise<void> {
    const statement = task.kind === 'push' ? TELL_FAILED_PUSH : TELL_FAILED;
    await this.tell(sql, 'failed', statement, task, { reason: task.error_code ?? task.read_failure?.code ?? '' });
  }

  async addTask(sql: SqlSession, kind: AlertKind, task: TaskRow): Promise<void> {
    await this.add(sql, kind, task.source_id, alerted(task));
  }

  async addSource(sql: SqlSession, kind: AlertKind, sourceId: number): Promise<void> {
    await this.add(sql, kind, sourceId, null);
  }

  /** What is told once while it lasts, and again after a day. */
  private async tell(
    sql: SqlSession,
    kind: AlertKind,
    statement: string,
    task: TaskRow,
    { reason, replaces = false }: { reason: string; replaces?: boolean },
  ): Promise<void> {
    if (this.config.alertWebhook === undefined) return;
    await sql.query(statement, [kind, task.source_id, reason, alerted(task), task.id, replaces]);
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

const alerted = (task: TaskRow): AlertedTask => ({
  id: task.id,
  batch: batchNumber(task),
  kind: task.kind,
  status: task.status,
  ...(task.held_reason && { heldReason: task.held_reason }),
  ...(task.error_code && { code: task.error_code }),
  counts: totalsOf(task.counts),
});
