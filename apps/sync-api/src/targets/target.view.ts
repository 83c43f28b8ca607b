import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { effectiveLimits } from '../sources/policies';
import { LeavingLimitsView } from '../sources/policies.dto';
import { LastTaskView } from '../sources/source.view';
import { NoteView } from '../tasks/note-view';
import { TASK_STATUSES, type TaskStatus } from '../tasks/task.entity';
import { TaskSourceView } from '../tasks/task-view';
import { BUILT_IN_TARGETS, type Target } from './target.entity';

/** The newest task of a target, as far as a list of targets shows it. */
export class TargetTaskView extends LastTaskView {
  @ApiProperty({ description: 'Records that it could not apply there' })
  failed!: number;
}

export class TargetReviewView {
  @ApiProperty({ description: 'Id of the task whose plan is to be approved' })
  taskId!: number;

  @ApiProperty({ description: 'How that task stands', enum: TASK_STATUSES })
  status!: TaskStatus;

  @ApiProperty({ description: 'Its plan was rejected: a retry of the task makes a new one' })
  rejected!: boolean;

  @ApiProperty({ description: 'Whose records wait for it', type: TaskSourceView })
  source!: TaskSourceView;
}

/** A target that does not answer, or asks to be left alone for a while: what it lacks waits, and is tried again. */
export class TargetAwayView {
  @ApiProperty({ description: 'When the first of its tries failed since it last took something' })
  since!: Date;

  @ApiProperty({ description: 'Id of the task that waits for it and is tried next' })
  taskId!: number;

  @ApiProperty({ description: 'Whose records that task brings', type: TaskSourceView })
  source!: TaskSourceView;

  @ApiProperty({ description: 'When it is tried again; null: at once, or a try runs', type: Date, nullable: true })
  nextAttemptAt!: Date | null;

  @ApiProperty({ description: 'Why the last try failed; null while another one runs', type: String, nullable: true })
  message!: string | null;

  @ApiProperty({ description: 'The sentences of the message, for readers of other languages', type: [NoteView] })
  notes!: NoteView[];
}

export class TargetView {
  @ApiProperty({ description: 'Id of the target' })
  id!: number;

  @ApiProperty({ description: 'Unique name of the target', example: 'users' })
  name!: string;

  @ApiProperty({ description: 'Id of the target adapter', example: 'users' })
  type!: string;

  @ApiProperty({ description: 'Whether records are applied here' })
  enabled!: boolean;

  @ApiProperty({ description: 'Without secrets', type: Object })
  options!: Record<string, unknown>;

  @ApiProperty({ type: [String], description: 'Names of the secrets that are stored' })
  secretsSet!: string[];

  @ApiProperty({ type: [Number], nullable: true, description: 'Only records of these sources go there; null: of all' })
  sources!: number[] | null;

  @ApiProperty({
    type: LeavingLimitsView,
    nullable: true,
    description: 'How much one task may take away there before it is held; null: the limits of the sources count',
  })
  limits!: LeavingLimitsView | null;

  @ApiProperty({ description: 'It came with Rollcall: it is always on, for every source, and cannot be deleted' })
  builtIn!: boolean;

  @ApiProperty({ description: 'Its newest task', type: TargetTaskView, nullable: true })
  lastTask!: TargetTaskView | null;

  @ApiProperty({
    description: 'Sources of which nothing reaches it before their first plan was approved',
    type: [TargetReviewView],
  })
  reviews!: TargetReviewView[];

  @ApiProperty({
    description: 'It does not answer; null: as far as is known it does',
    type: TargetAwayView,
    nullable: true,
  })
  away!: TargetAwayView | null;

  @ApiProperty({
    description: 'Why it cannot be used: its adapter is not there, or cannot take over its options; null otherwise',
    type: String,
    nullable: true,
  })
  adapterError!: string | null;

  @ApiPropertyOptional({
    description: 'Language tag → `adapterError` in that language, as far as it is known',
    type: 'object',
    additionalProperties: { type: 'string' },
  })
  adapterErrorTexts?: Record<string, string>;
}

class BacklogSourceView extends TaskSourceView {
  @ApiProperty({ description: 'Shown to admins', example: 'HTTP API' })
  displayName!: string;
}

export class SourceBacklogView {
  @ApiProperty({ description: 'Whose records they are', type: BacklogSourceView })
  source!: BacklogSourceView;

  @ApiProperty({ description: 'Records of the source that the target is for' })
  records!: number;

  @ApiProperty({ description: 'Records that it lacks, or has as they were before' })
  waiting!: number;

  @ApiProperty({
    description: 'Records that it lacks because they failed at a target before it; they come when that is mended',
  })
  blocked!: number;

  @ApiProperty({ description: 'Records that the last task of the source could not apply there' })
  failed!: number;

  @ApiProperty({ description: 'That task; null when none did anything there lately', type: Number, nullable: true })
  lastTaskId!: number | null;
}

export class TargetBacklogView {
  @ApiProperty({ description: 'Sources that have said something which the target reads', type: [SourceBacklogView] })
  sources!: SourceBacklogView[];
}

/** What a view needs beside the row. */
export interface TargetState extends Pick<
  TargetView,
  'lastTask' | 'reviews' | 'away' | 'adapterError' | 'adapterErrorTexts'
> {
  shown: Pick<TargetView, 'options' | 'secretsSet'>;
  /** It is somewhere else, and has limits of its own. */
  remote: boolean;
}

export function toTargetView(target: Target, { shown, remote, ...state }: TargetState): TargetView {
  const { id, name, type, enabled, sources } = target;
  const { deletes, disables } = effectiveLimits(target.limits);
  return {
    id,
    name,
    type,
    enabled,
    ...shown,
    sources,
    limits: remote ? { deletes, disables } : null,
    builtIn: BUILT_IN_TARGETS.includes(name),
    ...state,
  };
}
