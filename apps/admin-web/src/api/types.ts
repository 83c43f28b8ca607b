/** The shapes of the HTTP contract that these pages use, named as there. */

export interface Page<T> {
  items: T[];
  total: number;
  page: number;
  pageSize: number;
}

/** Rows on a page when nothing else is asked for. */
export const DEFAULT_PAGE_SIZE = 20;

/** RFC 9457 `application/problem+json`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  errors?: { pointer: string; code: string; message: string }[];
  requestId?: string;
}

export type Role = 'viewer' | 'operator' | 'approver' | 'admin';

/** Who is signed in. These pages only know admins; keys are for scripts. */
export interface Me {
  id: number;
  name: string;
  role: Role;
}

export const TASK_STATUSES = [
  'queued',
  'running',
  'held',
  'succeeded',
  'partially_succeeded',
  'failed',
  'cancelled',
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const TASK_KINDS = ['pull', 'push', 'event', 'snapshot', 'undo', 'backfill', 'purge'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

export const COUNTS = [
  'created',
  'updated',
  'disabled',
  'deleted',
  'restored',
  'linked',
  'unchanged',
  'failed',
  'stale',
] as const;
export type Count = (typeof COUNTS)[number];

export type Step = 'read' | 'stage' | 'plan' | 'guard' | 'apply' | 'report';

export interface Task {
  id: number;
  batch: string | number;
  kind: TaskKind;
  mode: 'full' | 'incremental';
  dryRun: boolean;
  status: TaskStatus;
  heldReason?: 'limits' | 'empty' | 'preview' | 'new_target' | null;
  source: { id: number; name: string } | null;
  progress: { step: Step | null; done: number; total: number | null } | null;
  counts: Record<string, Partial<Record<Count, number>>>;
  message: string | null;
  costMs: number | null;
  attempts: number;
  nextAttemptAt?: string | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

/** What `GET /api/tasks` takes. */
export interface TaskListQuery {
  status?: TaskStatus | undefined;
  kind?: TaskKind | undefined;
  page?: number | undefined;
  pageSize?: number | undefined;
}
