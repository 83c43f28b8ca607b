import { createHmac } from 'node:crypto';
import type { AlertedTask, AlertKind } from './alert-outbox';

/** A row of `alerts` with the name of its source. */
export interface AlertRow {
  id: number;
  kind: AlertKind;
  source_id: number | null;
  source_name: string | null;
  task: AlertedTask | null;
  /** Plans of the source that wait for a decision by now, for the same reason. */
  held: number;
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
  /** Of kind `held`: so many plans of the source wait for the same reason when it is sent. */
  held?: number;
  /** The page of the task, or of the sources; absent while ROLLCALL_PUBLIC_URL is not set. */
  url?: string;
}

export function alertBody(alert: AlertRow, publicUrl: string | undefined): AlertBody {
  const { id, kind, created_at, source_id, source_name, task, held } = alert;
  const path = task ? `/tasks/${task.id}` : '/sources';
  return {
    id,
    kind,
    at: created_at.toISOString(),
    message: sentence(alert),
    source: source_id === null ? null : { id: source_id, name: source_name ?? '' },
    task,
    ...(kind === 'held' && { held }),
    ...(publicUrl !== undefined && { url: publicUrl.replace(/\/$/, '') + path }),
  };
}

function sentence({ kind, source_name, task, held }: AlertRow): string {
  const source = source_name ?? 'a source';
  const subject = task ? `Task ${task.id} of "${source}"` : `"${source}"`;
  switch (kind) {
    case 'held':
      return (
        `${subject} is held (${task?.heldReason ?? 'limits'}): approve or reject its plan.` +
        (held > 1 ? ` ${held} plans of "${source}" wait for that reason.` : '')
      );
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
