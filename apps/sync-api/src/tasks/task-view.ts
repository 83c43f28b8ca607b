import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import type { ChangeCounts, DataType } from '@rollcall/core';
import type { MessageTexts } from '../adapters/message-texts';
import { DoubtView } from './doubt-view';
import { NoteView, viewNote } from './note-view';
import { plainNote } from './notes';
import { isIncomplete } from './incomplete';
import { isRejected } from './rejected';
import type { TaskRow } from './task-row';
import { byDataTypeOf, type CountsByDataType, totalsOf } from './task-counts';
import { told } from './task-store';
import { HELD_REASONS, STEPS, TASK_KINDS, TASK_STATUSES } from './task.entity';

/** What happened on one target; the numbers are distinct records. */
export class ChangeCountsView implements ChangeCounts {
  @ApiProperty({ description: 'Made' })
  created!: number;

  @ApiProperty({ description: 'A stored value differed' })
  updated!: number;

  @ApiProperty({ description: 'Disabled' })
  disabled!: number;

  @ApiProperty({ description: 'Deleted, restorable' })
  deleted!: number;

  @ApiProperty({ description: 'Came back' })
  restored!: number;

  @ApiProperty({ description: 'Matched to what was there already' })
  linked!: number;

  @ApiProperty({ description: 'Nothing to do' })
  unchanged!: number;

  @ApiProperty({ description: 'Could not be applied; see the changes of the task' })
  failed!: number;

  @ApiProperty({ description: 'Not applied: it moved on since the plan, or the task ended before it' })
  stale!: number;
}

export class TaskSourceView {
  @ApiProperty({ description: 'Id of the source' })
  id!: number;

  @ApiProperty({ description: 'Name of the source' })
  name!: string;
}

export class TaskTargetView {
  @ApiProperty({ description: 'Id of the target' })
  id!: number;

  @ApiProperty({ description: 'Name of the target' })
  name!: string;
}

export class TaskProgressView {
  @ApiProperty({ description: 'The step that runs; null before the first', enum: STEPS, nullable: true })
  step!: TaskRow['step'];

  @ApiProperty({ description: 'Records done in this step' })
  done!: number;

  @ApiProperty({ description: 'Records to do in this step, where that is known', type: Number, nullable: true })
  total!: number | null;
}

/** A task as the API shows it. */
export class TaskView {
  @ApiProperty({ description: 'Id of the task' })
  id!: number;

  @ApiProperty({ description: 'Number for people: the day, and the number of the task', example: '20261122-17' })
  batch!: string;

  @ApiProperty({ description: 'How the task came about', enum: TASK_KINDS })
  kind!: TaskRow['kind'];

  @ApiProperty({ description: 'Everything, or what changed since the last task', enum: ['full', 'incremental'] })
  mode!: TaskRow['mode'];

  @ApiPropertyOptional({ description: 'Kind `undo`: id of the task that it takes back' })
  undoes?: number;

  @ApiPropertyOptional({ description: 'Id of the task that takes it back, or is about to: see `undone`' })
  undoneBy?: number;

  @ApiPropertyOptional({
    description: 'What it did is taken back; absent: it stands, or its undo is still to be applied',
  })
  undone?: true;

  @ApiPropertyOptional({
    description:
      'All that failed was refused as it was sent, and stays so: to retry the task does nothing. Correct these records, and send them again',
  })
  refusedOnly?: true;

  @ApiPropertyOptional({
    description:
      'How many changes earlier attempts applied, while its plan waits or when its last attempt applied nothing. They stand whatever is decided; a plan that waits does not count them in `counts`',
  })
  appliedBefore?: number;

  @ApiProperty({ description: 'A preview: it plans and changes nothing' })
  dryRun!: boolean;

  @ApiProperty({ description: 'How it stands', enum: TASK_STATUSES })
  status!: TaskRow['status'];

  @ApiPropertyOptional({ description: 'Somebody cancelled it while it runs: it stops before its next step' })
  cancelRequested?: boolean;

  @ApiPropertyOptional({ description: 'Why it is held', enum: HELD_REASONS })
  heldReason?: NonNullable<TaskRow['held_reason']>;

  @ApiPropertyOptional({ description: 'It is cancelled because somebody rejected its plan' })
  rejected?: true;

  @ApiPropertyOptional({ description: 'Its read did not see everything: its notes say what' })
  incomplete?: true;

  @ApiPropertyOptional({ description: 'Of a plan that was held: what spoke against it', type: [DoubtView] })
  doubts?: DoubtView[];

  @ApiProperty({ description: 'Whose task it is', type: TaskSourceView, nullable: true })
  source!: TaskSourceView | null;

  @ApiPropertyOptional({ description: 'Of a backfill: the target that gets what it lacks', type: TaskTargetView })
  target?: TaskTargetView;

  @ApiProperty({ description: 'How far it is', type: TaskProgressView })
  progress!: TaskProgressView;

  @ApiProperty({
    description: 'Data type → how many distinct records the task read, or was sent',
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { user: 1215, department: 14 },
  })
  read!: Partial<Record<DataType, number>>;

  @ApiProperty({
    description: 'Name of a target → what happened there',
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(ChangeCountsView) },
  })
  counts!: Record<string, ChangeCounts>;

  @ApiProperty({
    description:
      'Name of a target → data type → the same numbers, without what is 0: on `departments` those of user records are ' +
      'memberships. Not there for a purge, and for tasks from before it was counted',
    type: 'object',
    additionalProperties: {
      type: 'object',
      additionalProperties: { type: 'object', additionalProperties: { type: 'number' } },
    },
    example: { departments: { department: { created: 14 }, user: { updated: 1215 } } },
  })
  countsByDataType!: Record<string, CountsByDataType>;

  @ApiProperty({ description: 'How it stands or ended, in words', type: String, nullable: true })
  message!: string | null;

  @ApiPropertyOptional({
    description:
      'The sentences of the message, for readers of other languages; tasks from before they were kept have none',
    type: [NoteView],
  })
  notes?: NoteView[];

  @ApiPropertyOptional({ description: 'Error code of a task that failed' })
  code?: string;

  @ApiProperty({
    description: 'Milliseconds that it ran so far, without what it waited: for its turn, another try, a decision',
    type: Number,
    nullable: true,
  })
  costMs!: number | null;

  @ApiProperty({ description: 'How often it was begun' })
  attempts!: number;

  @ApiPropertyOptional({ description: 'When it is tried again', type: Date })
  nextAttemptAt?: Date;

  @ApiProperty({ description: 'When it was made' })
  createdAt!: Date;

  @ApiProperty({ description: 'When it was begun', type: Date, nullable: true })
  startedAt!: Date | null;

  @ApiPropertyOptional({ description: 'When its source was first asked', type: Date })
  readBeganAt?: Date;

  @ApiPropertyOptional({ description: 'When everything was read', type: Date })
  readAt?: Date;

  @ApiPropertyOptional({ description: 'When its plan was released to be applied', type: Date })
  releasedAt?: Date;

  @ApiPropertyOptional({ description: 'When somebody approved its plan', type: Date })
  approvedAt?: Date;

  @ApiPropertyOptional({
    description: 'Who approved or rejected its plan: the name of the account or API key at that time',
    example: 'admin',
  })
  decidedBy?: string;

  @ApiProperty({ description: 'When it ended', type: Date, nullable: true })
  finishedAt!: Date | null;
}

/** `20261122-17`: the day, and the number of the task. */
export function batchNumber(task: Pick<TaskRow, 'id' | 'created_at'>): string {
  return `${task.created_at.toISOString().slice(0, 10).replaceAll('-', '')}-${task.id}`;
}

/** What a task's row does not say itself. */
export interface TaskNames {
  source: string | null;
  target: string | null;
  undoneBy: number | null;
  /** That task was applied. */
  undone: boolean;
  /** Whoever worked on it does not any more. */
  workerGone: boolean;
  /** Retried, it would do nothing. */
  refusedOnly: boolean;
  /** Of a plan that waits, and not for the first time. */
  appliedBefore: number | null;
}

export function viewTask(
  task: TaskRow,
  { source, target, undoneBy, undone, workerGone, refusedOnly, appliedBefore }: TaskNames,
  texts: MessageTexts,
): TaskView {
  const { notes, message } = workerNotes(task, workerGone) ?? task;
  return {
    id: task.id,
    batch: batchNumber(task),
    kind: task.kind,
    mode: task.mode,
    ...(task.undoes !== null && { undoes: task.undoes }),
    ...(undoneBy !== null && { undoneBy }),
    ...(undone && { undone }),
    ...(refusedOnly && { refusedOnly }),
    ...(appliedBefore !== null && appliedBefore > 0 && { appliedBefore }),
    dryRun: task.dry_run,
    status: task.status,
    ...(task.status === 'running' && task.cancel_requested && { cancelRequested: true }),
    ...(task.held_reason && { heldReason: task.held_reason }),
    ...(isRejected(task) && { rejected: true }),
    ...(isIncomplete(task) && { incomplete: true }),
    ...(task.doubts && task.doubts.length > 0 && { doubts: task.doubts }),
    source: task.source_id === null ? null : { id: task.source_id, name: source ?? '' },
    ...(task.target_id !== null && { target: { id: task.target_id, name: target ?? '' } }),
    progress: { step: task.step, done: task.done, total: task.total },
    read: task.read,
    counts: totalsOf(task.counts),
    countsByDataType: byDataTypeOf(task.counts),
    message,
    ...(notes && { notes: notes.map((note) => viewNote(note, texts)) }),
    ...(task.error_code && { code: task.error_code }),
    costMs: task.cost_ms,
    attempts: task.attempts,
    ...(task.next_attempt_at && { nextAttemptAt: task.next_attempt_at }),
    createdAt: task.created_at,
    startedAt: task.started_at,
    ...(task.read_began_at && { readBeganAt: task.read_began_at }),
    ...(task.read_at && { readAt: task.read_at }),
    ...(task.released_at && { releasedAt: task.released_at }),
    ...(task.approved_at && { approvedAt: task.approved_at }),
    ...(task.decided_by !== null && { decidedBy: task.decided_by }),
    finishedAt: task.finished_at,
  };
}

/** What a task says that has no worker in the middle of it: its row cannot, because nobody writes it. */
function workerNotes(
  { status, lease_owner, lease_until, next_attempt_at }: TaskRow,
  workerGone: boolean,
): Pick<TaskRow, 'notes' | 'message'> | undefined {
  if (status === 'running' && workerGone && lease_until !== null && lease_until > new Date()) {
    return told([{ code: 'worker_gone', values: { until: lease_until.toISOString() } }]);
  }
  const lost = status === 'queued' && lease_owner !== null && next_attempt_at === null;
  return lost || (status === 'running' && workerGone) ? told([plainNote('worker_awaited')]) : undefined;
}
