import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { HeldReason, TaskKind, TaskStatus } from '../tasks/task.entity';
import { HELD_REASONS, TASK_KINDS, TASK_STATUSES } from '../tasks/task.entity';
import { incompleteSql } from '../tasks/incomplete';
import { rejectedSql } from '../tasks/rejected';
import { type Policies, effectivePolicies } from './policies';
import { PoliciesView } from './policies.dto';
import { ScheduleDto } from './source.dto';
import { MATCH_KEYS, type MatchKey, type Schedule, type Source } from './source.entity';
import { isSlowedDown, timetable } from './timetable';

/** The newest task of a source, backfills of targets apart, as far as a list of sources shows it. */
export class LastTaskView {
  @ApiProperty({ description: 'Id of the task' })
  id!: number;

  @ApiProperty({ description: 'How the task came about', enum: TASK_KINDS })
  kind!: TaskKind;

  @ApiProperty({ description: 'How it stands', enum: TASK_STATUSES })
  status!: TaskStatus;

  @ApiPropertyOptional({ description: 'Why it is held', enum: HELD_REASONS })
  heldReason?: HeldReason;

  @ApiPropertyOptional({ description: 'It is cancelled because somebody rejected its plan' })
  rejected?: true;

  @ApiPropertyOptional({ description: 'Its read did not see everything; the task says what' })
  incomplete?: true;

  @ApiProperty({ description: 'How it ended, in words', type: String, nullable: true })
  message!: string | null;

  @ApiProperty({ description: 'When it was made' })
  createdAt!: Date;

  @ApiProperty({ description: 'When it ended', type: Date, nullable: true })
  finishedAt!: Date | null;
}

/** The columns of `tasks` that make a `LastTaskView`, of the row `t`. */
export const LAST_TASK_COLUMNS = `t.kind, t.status, t.held_reason as "heldReason", ${rejectedSql('t')} as rejected,
    ${incompleteSql('t')} as incomplete, t.message,
    t.created_at as "createdAt", t.finished_at as "finishedAt"`;

/** What those columns hold. */
export interface LastTaskRow extends Omit<LastTaskView, 'id' | 'heldReason' | 'rejected' | 'incomplete'> {
  heldReason: HeldReason | null;
  rejected: boolean;
  incomplete: boolean;
}

export function toLastTaskView(
  id: number,
  { kind, status, heldReason, rejected, incomplete, message, createdAt, finishedAt }: LastTaskRow,
): LastTaskView {
  return {
    id,
    kind,
    status,
    ...(heldReason && { heldReason }),
    ...(rejected && { rejected }),
    ...(incomplete && { incomplete }),
    message,
    createdAt,
    finishedAt,
  };
}

export const SOURCE_NOTES = ['no_public_url', 'options_lacking', 'no_full_reads'] as const;

/** What an admin should do about a source: a sentence, and what pages need to say it in other languages. */
export class SourceNoteView {
  @ApiProperty({ description: 'What it says', enum: SOURCE_NOTES })
  code!: (typeof SOURCE_NOTES)[number];

  @ApiPropertyOptional({ description: '`options_lacking`: names of the options', type: [String] })
  options?: string[];

  @ApiProperty({ description: 'The sentence in English' })
  message!: string;
}

export class CallbacksView {
  @ApiProperty({ description: 'When a call of the vendor was last taken; null: none was', type: Date, nullable: true })
  takenAt!: Date | null;

  @ApiProperty({ description: 'When a call was last refused; null: none was', type: Date, nullable: true })
  refusedAt!: Date | null;

  @ApiProperty({ description: 'Why it was', type: String, nullable: true })
  refusedReason!: string | null;

  @ApiPropertyOptional({
    description: 'Language tag → `refusedReason` in that language, as far as it is known',
    type: 'object',
    additionalProperties: { type: 'string' },
  })
  texts?: Record<string, string>;
}

export class SourceView {
  @ApiProperty({ description: 'Id of the source' })
  id!: number;

  @ApiProperty({ description: 'Unique, and never changes: scripts and callback addresses use it', example: 'api' })
  name!: string;

  @ApiProperty({ description: 'Shown to admins', example: 'HTTP API' })
  displayName!: string;

  @ApiProperty({ description: 'Id of the source adapter', example: 'push' })
  type!: string;

  @ApiProperty({ description: 'Whether it is synced' })
  enabled!: boolean;

  @ApiProperty({ type: Object, description: 'Without secrets' })
  options!: Record<string, unknown>;

  @ApiProperty({ type: [String], description: 'Names of the secrets that are stored' })
  secretsSet!: string[];

  @ApiProperty({ description: 'With its options it can be read for changes only (`mode: "incremental"`)' })
  readsChanges!: boolean;

  @ApiProperty({ description: 'When it is pulled', type: ScheduleDto, nullable: true })
  schedule!: Schedule | null;

  @ApiProperty({
    enum: MATCH_KEYS,
    isArray: true,
    description: 'By what a first link may be made; a push has to name the one that it wants',
  })
  matchKey!: MatchKey[];

  @ApiProperty({ description: 'The higher one wins' })
  priority!: number;

  @ApiProperty({ type: PoliciesView, description: 'The policies in force, defaults included' })
  policies!: Policies;

  @ApiProperty({ description: 'Its newest task that is no backfill of a target', type: LastTaskView, nullable: true })
  lastTask!: LastTaskView | null;

  @ApiProperty({
    type: Date,
    nullable: true,
    description:
      'When a read, push or snapshot last brought it up to date: none that failed or was cut short; single records may have failed',
  })
  lastSucceededAt!: Date | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Id of its newest read that failed or was cut short, until a read does better; null: there is none',
  })
  failedReadId!: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description:
      'Id of its last full read, when that has not seen everybody, so that nobody is taken for missing; null: it has',
  })
  unseenReadId!: number | null;

  @ApiProperty({ description: 'When the schedule starts the next task', type: Date, nullable: true })
  nextRunAt!: Date | null;

  @ApiProperty({ description: 'Pulls that failed in a row' })
  failures!: number;

  @ApiProperty({ description: 'It failed so often that its schedule slowed down, until a task succeeds' })
  slowedDown!: boolean;

  @ApiProperty({
    description: 'Since when it has had no success for longer than twice its schedule; null when it is not overdue',
    type: Date,
    nullable: true,
  })
  overdueSince!: Date | null;

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

  @ApiProperty({
    description: 'Where its vendor sends live events; null: it sends none, or nobody outside knows where Rollcall is',
    type: String,
    nullable: true,
    example: 'https://rollcall.example/api/callbacks/wecom',
  })
  callbackUrl!: string | null;

  @ApiProperty({
    description:
      'Its last calls to that address, to some seconds; null: none was there yet, or its adapter takes no events',
    type: CallbacksView,
    nullable: true,
  })
  callbacks!: CallbacksView | null;

  @ApiProperty({ description: 'What an admin should do about it', type: [SourceNoteView] })
  notes!: SourceNoteView[];

  @ApiProperty({ description: 'When it was added' })
  createdAt!: Date;

  @ApiProperty({ description: 'When its settings last changed' })
  updatedAt!: Date;
}

const TEXTS = {
  description: 'Language tag → the message in that language, where its adapter knows it',
  type: 'object',
  additionalProperties: { type: 'string' },
} as const;

export class CheckErrorView {
  @ApiProperty({
    description:
      'The option: by the names on the way to it, and by places in lists from 0, with dots or slashes between',
    example: 'proxy.port',
  })
  field!: string;

  @ApiProperty({ description: 'What is wrong with it' })
  message!: string;

  @ApiPropertyOptional(TEXTS)
  texts?: Record<string, string>;
}

export class CheckView {
  @ApiProperty({ description: 'Whether it works like this' })
  ok!: boolean;

  @ApiProperty({ description: 'What was found, or what to do' })
  message!: string;

  @ApiPropertyOptional(TEXTS)
  texts?: Record<string, string>;

  @ApiProperty({ description: 'Options that are wrong', type: [CheckErrorView], required: false })
  errors?: CheckErrorView[];
}

/** What a view needs beside the row. */
export interface SourceState {
  lastTask: LastTaskView | null;
  lastSucceededAt: Date | null;
  failedReadId: number | null;
  unseenReadId: number | null;
  adapterError: string | null;
  adapterErrorTexts: SourceView['adapterErrorTexts'];
  installed: boolean;
  readsChanges: boolean;
  callback: Pick<SourceView, 'callbackUrl' | 'notes'>;
  callbacks: SourceView['callbacks'];
  shown: Pick<SourceView, 'options' | 'secretsSet'>;
}

export function toSourceView(source: Source, state: SourceState, now = new Date()): SourceView {
  const { id, name, displayName, type, enabled, schedule, matchKey, priority, createdAt, updatedAt } = source;
  const {
    lastTask,
    lastSucceededAt,
    failedReadId,
    unseenReadId,
    adapterError,
    adapterErrorTexts,
    installed,
    readsChanges,
    callback,
    callbacks,
    shown,
  } = state;
  return {
    id,
    name,
    displayName,
    type,
    enabled,
    ...shown,
    readsChanges,
    schedule,
    matchKey,
    priority,
    policies: effectivePolicies(source.policies),
    lastTask,
    lastSucceededAt,
    failedReadId,
    unseenReadId,
    nextRunAt: installed ? nextOf(source, now) : null,
    failures: source.failures,
    slowedDown: isSlowedDown(source),
    overdueSince: enabled && source.overdueAt && source.overdueAt <= now ? source.overdueAt : null,
    adapterError,
    ...(adapterErrorTexts && { adapterErrorTexts }),
    ...callback,
    callbacks,
    createdAt,
    updatedAt,
  };
}

/** The sooner of the two; what no process computed yet is computed here. */
function nextOf(source: Source, now: Date): Date | null {
  const { nextRunAt, nextIncrementalAt } = source.nextRunAt ? source : timetable(source, now);
  return nextRunAt && nextIncrementalAt && nextIncrementalAt < nextRunAt ? nextIncrementalAt : nextRunAt;
}
