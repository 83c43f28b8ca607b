import { ApiPropertyOptional } from '@nestjs/swagger';
import { ACTIONS, type Action, DATA_TYPES, type DataType } from '@rollcall/core';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { Flag } from '../http/flag';
import { PageQuery } from '../http/page';
import { TASK_KINDS, TASK_STATUSES, type TaskKind, type TaskStatus } from './task.entity';

export class TasksQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Tasks of this source' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  sourceId?: number;

  @ApiPropertyOptional({ description: 'Tasks that did something on this target, or fill it up' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  targetId?: number;

  @ApiPropertyOptional({ description: 'Tasks that stand like this', enum: TASK_STATUSES })
  @IsOptional()
  @IsIn(TASK_STATUSES)
  status?: TaskStatus;

  @ApiPropertyOptional({ description: 'Tasks that came about like this', enum: TASK_KINDS })
  @IsOptional()
  @IsIn(TASK_KINDS)
  kind?: TaskKind;

  @ApiPropertyOptional({
    description:
      'Only those that somebody should look at: held ones other than previews, reads that failed or were cut short, until one ' +
      'does better, of each source the latest task when it failed, and failed ones until what failed is made up for. With ' +
      '`status=partially_succeeded` those as well that left something behind, until that is made up for',
  })
  @IsOptional()
  @Flag()
  @IsBoolean()
  attention?: boolean;
}

export const CHANGE_OUTCOMES = ['applied', 'failed', 'stale', 'held'] as const;
export type ChangeOutcome = (typeof CHANGE_OUTCOMES)[number];

export class ChangesQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Name of a target' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  target?: string;

  @ApiPropertyOptional({ description: 'Changes of records of this kind', enum: DATA_TYPES })
  @IsOptional()
  @IsIn(DATA_TYPES)
  dataType?: DataType;

  @ApiPropertyOptional({ description: 'What the record needs', enum: ACTIONS })
  @IsOptional()
  @IsIn(ACTIONS)
  action?: Action;

  @ApiPropertyOptional({ description: 'What happened to the change', enum: CHANGE_OUTCOMES })
  @IsOptional()
  @IsIn(CHANGE_OUTCOMES)
  outcome?: ChangeOutcome;

  @ApiPropertyOptional({ description: 'Changes of the record with this uid' })
  @IsOptional()
  @IsString()
  @MaxLength(255)
  uid?: string;

  @ApiPropertyOptional({ description: 'Failures with this error code' })
  @IsOptional()
  @IsString()
  @MaxLength(255)
  code?: string;

  @ApiPropertyOptional({ description: 'Failures that are about this field of the record' })
  @IsOptional()
  @IsString()
  @MaxLength(255)
  field?: string;

  @ApiPropertyOptional({
    description:
      'Changes of records whose uid begins like this, in capitals or not, or whose name contains it (from three characters on; else begins with it)',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  declare q?: string;
}

export class SyncBody {
  @ApiPropertyOptional({
    description: '`incremental`: only what changed since the last task, where the adapter can tell',
    enum: ['full', 'incremental'],
    default: 'full',
  })
  @IsOptional()
  @IsIn(['full', 'incremental'])
  mode: 'full' | 'incremental' = 'full';

  @ApiPropertyOptional({ description: 'Plan only: the task is held as a preview', default: false })
  @IsOptional()
  @Flag()
  @IsBoolean()
  dryRun: boolean = false;
}
