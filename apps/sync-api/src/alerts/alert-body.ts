import { createHmac } from 'node:crypto';
import type { AlertedTask, AlertKind } from './alert-outbox';

/** A row of `alerts` with the name of its source. */
export interface AlertRow {
  id: number;
  kind: AlertKind;
  source_id: number | null;
  source_name: string | null;
  task: AlertedTask | null;
  created_at: Date;
  attempts: number;
}

/** What the webhook gets: `id` stays the same when an alert comes twice. No person is named in it. */
export interface AlertBody {
  id: number;
  kind: AlertKind;
  at: string;
  message: string;
  source: { id: number; name: string } | null;
  task: AlertedTask | null;
  /** The page of the task, or of the sources; absent while ROLLCALL_PUBLIC_URL is not set. */
  url?: string;
}

export function alertBody(alert: AlertRow, publicUrl: string | undefined): AlertBody {
  const { id, kind, created_at, source_id, source_name, task } = alert;
  const path = task ? `/tasks/${task.id}` : '/sources';
  return {
    id,
    kind,
    at: created_at.toISOString(),
    message: sentence(kind, source_name ?? 'a source', task),
    source: source_id === null ? null : { id: source_id, name: source_name ?? '' },
    task,
    ...(publicUrl !== undefined && { url: publicUrl.replace(/\/$/, '') + path }),
  };
}

function sentence(kind: AlertKind, source: string, task: AlertBody['task']): string {
  const subject = task ? `Task ${task.id} of "${source}"` : `"${source}"`;
  switch (kind) {
    case 'held':
      return `${subject} is held (${task?.heldReason ?? 'limits'}): approve or reject its plan.`;
    case 'failed':
      return `${subject} failed (${task?.code ?? 'every record of it failed'}). The task says what to do.`;
    case 'slowed_down':
      return `"${source}" failed five times in a row: its schedule slows down until a task succeeds.`;
    case 'target_away':
      return `${subject} waits for its target (${task?.code ?? 'it is away'}) and tries again by itself. The task says why.`;
    case 'overdue':
      return `"${source}" has had no success for longer than twice its schedule.`;
  }
}

/** Proves who sent a body and when: HMAC-SHA256, in hex, over `<timestamp>.<body>`. */
export function signature(secret: string, timestamp: number, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
