import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { AdapterKind } from '@rollcall/core';
import { IsOptional } from 'class-validator';
import { IsIanaTimeZone } from '../sources/input-rules';

export class SystemQuery {
  @ApiPropertyOptional({
    description: 'Where the days begin: the IANA name of a time zone',
    example: 'Asia/Shanghai',
    default: 'UTC',
  })
  @IsOptional()
  @IsIanaTimeZone()
  timeZone: string = 'UTC';
}

export class ServerCheckView {
  @ApiProperty({ description: 'Whether it answers within three seconds', enum: ['up', 'down'] })
  status!: 'up' | 'down';

  @ApiProperty({ description: 'How long it took to answer, in milliseconds', type: Number, nullable: true })
  ms!: number | null;

  @ApiProperty({ description: 'Its version, as it says', type: String, nullable: true, example: '18.4' })
  version!: string | null;
}

export class WorkerCheckView {
  @ApiProperty({
    description: '`up` when a process waits for tasks; `unknown` when Redis is away or does not tell its clients apart',
    enum: ['up', 'down', 'unknown'],
  })
  status!: 'up' | 'down' | 'unknown';

  @ApiProperty({ description: 'Processes that wait for tasks', type: Number, nullable: true })
  processes!: number | null;
}

export class MissingAdapterView {
  @ApiProperty({ description: 'What it should do', enum: ['source', 'target'], nullable: true })
  kind!: AdapterKind | null;

  @ApiProperty({ description: 'Its id, or its package when not even that is known' })
  id!: string;

  @ApiProperty({
    description: 'Why it could not be loaded; null when its package was not named',
    type: String,
    nullable: true,
  })
  error!: string | null;
}

export class AdaptersCheckView {
  @ApiProperty({ description: 'How many are there' })
  loaded!: number;

  @ApiProperty({
    description: 'Added, named in ROLLCALL_ADAPTERS or needed by a source or a target, and not there',
    type: MissingAdapterView,
    isArray: true,
  })
  missing!: MissingAdapterView[];
}

export class ChecksView {
  @ApiProperty({ description: 'Postgres, which holds everything', type: ServerCheckView })
  postgres!: ServerCheckView;

  @ApiProperty({ description: 'Redis, which hands tasks to workers', type: ServerCheckView })
  redis!: ServerCheckView;

  @ApiProperty({ description: 'The processes that run tasks', type: WorkerCheckView })
  workers!: WorkerCheckView;

  @ApiProperty({ description: 'The adapters of this process', type: AdaptersCheckView })
  adapters!: AdaptersCheckView;
}

export class QueueView {
  @ApiProperty({ description: 'Tasks whose turn it is, or that wait for another one of their source' })
  waiting!: number;

  @ApiProperty({ description: 'Tasks that failed for now and are tried again later' })
  retrying!: number;

  @ApiProperty({ description: 'Tasks that run' })
  running!: number;

  @ApiProperty({ description: 'Plans that wait for an admin; previews do not count' })
  held!: number;

  @ApiProperty({ description: 'Since when the oldest of the waiting tasks waits', type: Date, nullable: true })
  oldestWaitingSince!: Date | null;
}

export class VersionsView {
  @ApiProperty({ description: 'Version of Rollcall', example: '0.1.0' })
  rollcall!: string;

  @ApiProperty({ description: 'Version of Node.js', example: '20.20.2' })
  node!: string;

  @ApiProperty({ description: 'Version of the contract that adapters are written for' })
  contract!: number;
}

export class ProcessView {
  @ApiProperty({ description: 'What the process that answers does', enum: ['all', 'api', 'worker'] })
  role!: 'all' | 'api' | 'worker';

  @ApiProperty({ description: 'Since when it runs' })
  startedAt!: Date;

  @ApiProperty({ description: 'Memory that it holds, in bytes' })
  memory!: number;
}

/** What came to its end on one day. */
export class TaskDayView {
  @ApiProperty({ description: 'The day, in the time zone that was asked for', example: '2026-11-27' })
  date!: string;

  @ApiProperty({ description: 'Tasks that succeeded' })
  succeeded!: number;

  @ApiProperty({ description: 'Tasks of which something failed' })
  partiallySucceeded!: number;

  @ApiProperty({ description: 'Tasks that failed' })
  failed!: number;

  @ApiProperty({ description: 'Tasks that were cancelled, rejected or replaced' })
  cancelled!: number;

  @ApiProperty({ description: 'Records that the tasks of the day read' })
  records!: number;

  @ApiProperty({
    description: 'Records a second while such tasks ran; null when none did. Tasks that were tried again do not count',
    type: Number,
    nullable: true,
  })
  recordsPerSecond!: number | null;
}

export class SystemView {
  @ApiProperty({ description: 'What the service needs, looked at now', type: ChecksView })
  checks!: ChecksView;

  @ApiProperty({ description: 'What there is to do', type: QueueView })
  queue!: QueueView;

  @ApiProperty({ description: 'What runs', type: VersionsView })
  versions!: VersionsView;

  @ApiProperty({ description: 'The process that answers', type: ProcessView })
  process!: ProcessView;

  @ApiProperty({
    description: 'The last 30 days, today last; days before today are up to an hour old',
    type: TaskDayView,
    isArray: true,
  })
  days!: TaskDayView[];
}
