import type { Completeness, DataType } from '@rollcall/core';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Note } from './notes';
import type { StoredCounts } from './task-counts';

export const TASK_KINDS = ['pull', 'push', 'event', 'snapshot', 'undo', 'backfill', 'purge'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

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

export const STEPS = ['read', 'stage', 'plan', 'guard', 'apply', 'report'] as const;
export type Step = (typeof STEPS)[number];

export const HELD_REASONS = ['limits', 'empty', 'preview', 'new_target'] as const;
export type HeldReason = (typeof HELD_REASONS)[number];

/**
 * How far a released plan is committed, for each target and data type (`users/user`): every change up to and including
 * that of this record.
 */
export type AppliedPositions = Record<string, number>;

/** Why a read was cut short. */
export interface ReadFailure {
  code: string;
  notes: Note[];
}

/** One execution of a sync for one source. Only `tasks/transitions.ts` writes `status`. */
@Entity({ name: 'tasks' })
export class Task {
  @PrimaryColumn({ type: 'bigint', generated: 'identity' })
  id!: number;

  @Column({ name: 'source_id', type: 'bigint', nullable: true })
  sourceId!: number | null;

  @Column({ type: 'text' })
  kind!: TaskKind;

  @Column({ type: 'text', default: 'full' })
  mode!: 'full' | 'incremental';

  @Column({ name: 'dry_run', type: 'boolean', default: false })
  dryRun!: boolean;

  @Column({ type: 'text' })
  status!: TaskStatus;

  @Column({ name: 'held_reason', type: 'text', nullable: true })
  heldReason!: HeldReason | null;

  @Column({ type: 'text', nullable: true })
  step!: Step | null;

  @Column({ type: 'bigint', default: 0 })
  done!: number;

  @Column({ type: 'bigint', nullable: true })
  total!: number | null;

  /** Target name → counts. */
  @Column({ type: 'jsonb', default: {} })
  counts!: Record<string, StoredCounts>;

  @Column({ type: 'text', nullable: true })
  message!: string | null;

  /** Its sentences as codes and values, for pages in other languages. Null: from before they were kept. */
  @Column({ type: 'jsonb', nullable: true })
  notes!: Note[] | null;

  @Column({ name: 'error_code', type: 'text', nullable: true })
  errorCode!: string | null;

  @Column({ name: 'cost_ms', type: 'bigint', nullable: true })
  costMs!: number | null;

  @Column({ type: 'integer', default: 0 })
  attempts!: number;

  @Column({ name: 'next_attempt_at', type: 'timestamptz', nullable: true })
  nextAttemptAt!: Date | null;

  @Column({ name: 'match_key', type: 'text', nullable: true })
  matchKey!: string | null;

  @Column({ type: 'jsonb', default: {} })
  complete!: Partial<Record<DataType, Completeness>>;

  /** The relation that holds what the task read. */
  @Column({ type: 'text', default: 'staging' })
  staging!: string;

  /** Committed staging rows. */
  @Column({ type: 'bigint', default: 0 })
  staged!: number;

  /** Distinct records that were read. */
  @Column({ type: 'jsonb', default: {} })
  read!: Partial<Record<DataType, number>>;

  /** Pull: cursor of the last committed page that had one; an interrupted read goes on after it. */
  @Column({ type: 'text', nullable: true })
  cursor!: string | null;

  /** Staging rows up to that page. */
  @Column({ name: 'cursor_staged', type: 'bigint', default: 0 })
  cursorStaged!: number;

  /** Incremental: the cursor of the source when the read began. */
  @Column({ type: 'text', nullable: true })
  since!: string | null;

  /** Becomes the cursor of the source when the task is applied. */
  @Column({ name: 'next_cursor', type: 'text', nullable: true })
  nextCursor!: string | null;

  /** Pull: when its first page was asked for. */
  @Column({ name: 'read_began_at', type: 'timestamptz', nullable: true })
  readBeganAt!: Date | null;

  /** Pull: when the read was finished. */
  @Column({ name: 'read_at', type: 'timestamptz', nullable: true })
  readAt!: Date | null;

  @Column({ name: 'planned_at', type: 'timestamptz', nullable: true })
  plannedAt!: Date | null;

  @Column({ name: 'released_at', type: 'timestamptz', nullable: true })
  releasedAt!: Date | null;

  /** Its plan takes something away: counts against the limits of the next hour. */
  @Column({ type: 'boolean', default: false })
  removes!: boolean;

  /** When an admin released the plan. */
  @Column({ name: 'approved_at', type: 'timestamptz', nullable: true })
  approvedAt!: Date | null;

  /** Who approved or rejected the plan: the name of the account or key at that time. */
  @Column({ name: 'decided_by', type: 'text', nullable: true })
  decidedBy!: string | null;

  /** Pull: why the read was cut short; what it had brought is applied. */
  @Column({ name: 'read_failure', type: 'jsonb', nullable: true })
  readFailure!: ReadFailure | null;

  @Column({ name: 'applied_positions', type: 'jsonb', nullable: true })
  appliedPositions!: AppliedPositions | null;

  @Column({ name: 'cancel_requested', type: 'boolean', default: false })
  cancelRequested!: boolean;

  /** How often a worker took the task. */
  @Column({ type: 'integer', default: 0 })
  claims!: number;

  /** How many workers fell silent in this attempt. */
  @Column({ name: 'workers_lost', type: 'integer', default: 0 })
  workersLost!: number;

  /** The process that runs the task, while it does. */
  @Column({ name: 'lease_owner', type: 'text', nullable: true })
  leaseOwner!: string | null;

  @Column({ name: 'lease_until', type: 'timestamptz', nullable: true })
  leaseUntil!: Date | null;

  /** Of an undo: the task that it takes back. */
  @Column({ type: 'bigint', nullable: true })
  undoes!: number | null;

  /** Of an undo: the task whose changes go, or come back where an undo is undone. */
  @Column({ name: 'undo_root', type: 'bigint', nullable: true })
  undoRoot!: number | null;

  /** Of an undo: 1 of a task that is none, 2 of an undo of that, and so on. */
  @Column({ name: 'undo_depth', type: 'int', nullable: true })
  undoDepth!: number | null;

  /** Of a backfill: the target that gets what it lacks. */
  @Column({ name: 'target_id', type: 'smallint', nullable: true })
  targetId!: number | null;

  /** Of a backfill: since when its target does not answer. */
  @Column({ name: 'away_since', type: 'timestamptz', nullable: true })
  awaySince!: Date | null;

  @Column({ name: 'request_id', type: 'text', nullable: true })
  requestId!: string | null;

  @Column({ name: 'api_key_id', type: 'bigint', nullable: true })
  apiKeyId!: number | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  createdAt!: Date;

  @Column({ name: 'started_at', type: 'timestamptz', nullable: true })
  startedAt!: Date | null;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;
}
