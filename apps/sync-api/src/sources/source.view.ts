import { ApiProperty } from '@nestjs/swagger';
import type { TaskKind, TaskStatus } from '../tasks/task.entity';
import { TASK_KINDS, TASK_STATUSES } from '../tasks/task.entity';
import { type Policies, effectivePolicies } from './policies';
import { PoliciesView } from './policies.dto';
import { nextRun } from './schedule';
import { ScheduleDto } from './source.dto';
import { MATCH_KEYS, type MatchKey, type Schedule, type Source } from './source.entity';

/** The newest task of a source, as far as a list of sources shows it. */
export class LastTaskView {
  @ApiProperty()
  id!: number;

  @ApiProperty({ enum: TASK_KINDS })
  kind!: TaskKind;

  @ApiProperty({ enum: TASK_STATUSES })
  status!: TaskStatus;

  @ApiProperty({ type: String, nullable: true })
  message!: string | null;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty({ type: Date, nullable: true })
  finishedAt!: Date | null;
}

export class SourceView {
  @ApiProperty()
  id!: number;

  @ApiProperty({ example: 'api' })
  name!: string;

  @ApiProperty({ example: 'HTTP API' })
  displayName!: string;

  @ApiProperty({ description: 'Id of the source adapter', example: 'push' })
  type!: string;

  @ApiProperty()
  enabled!: boolean;

  @ApiProperty({ type: Object, description: 'Without secrets' })
  options!: Record<string, unknown>;

  @ApiProperty({ type: [String], description: 'Names of the secrets that are stored' })
  secretsSet!: string[];

  @ApiProperty({ type: ScheduleDto, nullable: true })
  schedule!: Schedule | null;

  @ApiProperty({ enum: MATCH_KEYS, isArray: true, description: 'By what a first link may be made' })
  matchKey!: MatchKey[];

  @ApiProperty({ description: 'The higher one wins' })
  priority!: number;

  @ApiProperty({ type: PoliciesView, description: 'The policies in force, defaults included' })
  policies!: Policies;

  @ApiProperty({ type: LastTaskView, nullable: true })
  lastTask!: LastTaskView | null;

  @ApiProperty({ type: Date, nullable: true, description: 'When a task last succeeded in full' })
  lastSucceededAt!: Date | null;

  @ApiProperty({ type: Date, nullable: true })
  nextRunAt!: Date | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why its adapter is not there; null when it is' })
  adapterError!: string | null;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;
}

export class CheckErrorView {
  @ApiProperty()
  field!: string;

  @ApiProperty()
  message!: string;
}

export class CheckView {
  @ApiProperty()
  ok!: boolean;

  @ApiProperty({ description: 'What was found, or what to do' })
  message!: string;

  @ApiProperty({ type: [CheckErrorView], required: false })
  errors?: CheckErrorView[];
}

/** What a view needs beside the row. */
export interface SourceState {
  lastTask: LastTaskView | null;
  lastSucceededAt: Date | null;
  adapterError: string | null;
  shown: Pick<SourceView, 'options' | 'secretsSet'>;
}

export function toSourceView(source: Source, state: SourceState, now = new Date()): SourceView {
  const { id, name, displayName, type, enabled, schedule, matchKey, priority, createdAt, updatedAt } = source;
  const { lastTask, lastSucceededAt, adapterError, shown } = state;
  return {
    id,
    name,
    displayName,
    type,
    enabled,
    ...shown,
    schedule,
    matchKey,
    priority,
    policies: effectivePolicies(source.policies),
    lastTask,
    lastSucceededAt,
    nextRunAt: schedule && enabled && adapterError === null ? nextRun(schedule, now) : null,
    adapterError,
    createdAt,
    updatedAt,
  };
}
