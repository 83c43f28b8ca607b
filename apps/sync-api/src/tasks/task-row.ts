import type { Completeness, DataType } from '@rollcall/core';
import type { Doubt } from '../engine/doubt';
import type { Policies } from '../sources/policies';
import type { Note } from './notes';
import type { AppliedPositions, HeldReason, ReadFailure, Step, TaskKind, TaskStatus } from './task.entity';
import type { StoredCounts } from './task-counts';

/** A row of `tasks` as SQL returns it. */
export interface TaskRow {
  id: number;
  source_id: number | null;
  kind: TaskKind;
  mode: 'full' | 'incremental';
  dry_run: boolean;
  status: TaskStatus;
  held_reason: HeldReason | null;
  step: Step | null;
  done: number;
  total: number | null;
  counts: Record<string, StoredCounts>;
  message: string | null;
  /** The same, sentence by sentence; null before it was kept. */
  notes: Note[] | null;
  error_code: string | null;
  cost_ms: number | null;
  attempts: number;
  next_attempt_at: Date | null;
  match_key: string | null;
  complete: Partial<Record<DataType, Completeness>>;
  staging: string;
  staged: number;
  read: Partial<Record<DataType, number>>;
  /** Uids that came more than once with different values; of each the last one counts. */
  repeated: number;
  /** Pull: cursor of the last committed page that had one, and the staging rows up to that page. */
  cursor: string | null;
  cursor_staged: number;
  /** Incremental: the cursor of the source when the read began. */
  since: string | null;
  /** Pull: what was read renames records (rule 11). */
  renames: boolean;
  /** Becomes the cursor of the source when the task is applied. */
  next_cursor: string | null;
  /** Pull: when its first page was asked for, and when the read was finished. */
  read_began_at: Date | null;
  read_at: Date | null;
  planned_at: Date | null;
  /** What was read became what is desired, and its plan is applied; an approved one waits for its turn first. */
  released_at: Date | null;
  /** An admin saw the plan and released it. */
  approved_at: Date | null;
  /** Who approved or rejected the plan: the name of the account or key at that time. */
  decided_by: string | null;
  /** Pull: why the read was cut short; what it had brought is applied. */
  read_failure: ReadFailure | null;
  /** Of a task that reads hints: the last one that it has read; 0 before. Null: it reads none, or none waited. */
  hints_to: number | null;
  /** Some hints were left open, and are read again once its plan is applied. */
  hints_again: boolean;
  /** Of a plan that was held: what spoke against it. */
  doubts: Doubt[] | null;
  /** Of a plan that was held: the policies that it was made under. */
  policies: Policies | null;
  applied_positions: AppliedPositions | null;
  cancel_requested: boolean;
  claims: number;
  /** How many workers fell silent in this attempt. */
  workers_lost: number;
  lease_owner: string | null;
  lease_until: Date | null;
  /** Of an undo: the task that it takes back. */
  undoes: number | null;
  /** Of a backfill: the target that gets what it lacks. */
  target_id: number | null;
  /** Of a backfill: since when its target does not answer. */
  away_since: Date | null;
  request_id: string | null;
  api_key_id: number | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

/** Removes what was deleted long ago. With a source it is something else: the removal of everybody whom the source states. */
export const isPurge = ({ kind, source_id }: Pick<TaskRow, 'kind' | 'source_id'>): boolean =>
  kind === 'purge' && source_id === null;

/** Whether something is asked of a vendor: all of it, or what its events were about. */
export const reads = ({ kind, hints_to }: Pick<TaskRow, 'kind' | 'hints_to'>): boolean =>
  kind === 'pull' || (kind === 'event' && hints_to !== null);
