import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DATA_TYPES, type DataType } from '@rollcall/core';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsBoolean, IsDefined, IsIn, IsInt, IsString, Min } from 'class-validator';
import type { FailedRecord } from '../push/push-answer';
import type { ReadRecords } from '../push/read-records';
import { MayBeAbsent, Nested } from '../sources/input-rules';
import type { SnapshotRow } from './snapshot-store';

export class OpenSnapshotBody {
  @ApiPropertyOptional({ description: 'Whose people it is; absent: see sourceName' })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  sourceId?: number;

  @ApiPropertyOptional({ description: "The same by name; both absent: the key's source, else `api`" })
  @MayBeAbsent()
  @IsString()
  sourceName?: string;

  @ApiProperty({ description: 'What it holds everything of', enum: DATA_TYPES, isArray: true })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(DATA_TYPES, { each: true })
  dataTypes!: DataType[];

  @ApiPropertyOptional({
    description: 'Field by which a record may take over an existing user: username, email or phone',
  })
  @MayBeAbsent()
  @IsString()
  matchKey?: string;
}

export class ExpectedCounts {
  @ApiPropertyOptional({ description: 'Distinct uids of users that were sent' })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  user?: number;

  @ApiPropertyOptional({ description: 'Distinct uids of departments that were sent' })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  department?: number;
}

export class CommitSnapshotBody {
  @ApiProperty({ description: 'How many distinct uids were sent of each data type of the snapshot' })
  @IsDefined()
  @Nested(() => ExpectedCounts)
  expected!: ExpectedCounts;

  @ApiPropertyOptional({ description: 'Plan only; the task is held as a preview' })
  @MayBeAbsent()
  @IsBoolean()
  dryRun?: boolean;
}

class SnapshotSourceView {
  @ApiProperty({ description: 'Id of the source' })
  id!: number;

  @ApiProperty({ description: 'Name of the source' })
  name!: string;
}

/** A snapshot as the API shows it. */
export class SnapshotView {
  @ApiProperty({ description: 'Id of the snapshot' })
  id!: number;

  @ApiProperty({ description: 'Whose people it is', type: SnapshotSourceView })
  source!: SnapshotSourceView;

  @ApiProperty({ description: 'What it holds everything of', enum: DATA_TYPES, isArray: true })
  dataTypes!: DataType[];

  @ApiProperty({ description: 'The task that it became; null while it is open', type: Number, nullable: true })
  taskId!: number | null;

  @ApiProperty({ description: 'When it was opened' })
  createdAt!: Date;

  @ApiProperty({ description: 'When it goes, unless it is committed before' })
  expiresAt!: Date;
}

class TakenCounts {
  @ApiProperty({ description: 'Distinct records of the request' })
  all!: number;

  @ApiProperty({ description: 'Taken' })
  success!: number;

  @ApiProperty({ description: 'Refused; who they are is seen all the same, so that nobody is missing for a mistake' })
  failed!: number;
}

class FailedRecordView implements FailedRecord {
  @ApiProperty({ description: 'The record as it was sent', type: Object })
  record!: unknown;

  @ApiProperty({ description: 'What is wrong, in words' })
  message!: string;

  @ApiProperty({ description: 'What is wrong, for programs' })
  code!: string;

  @ApiProperty({ description: 'Where', type: String, nullable: true })
  field!: string | null;
}

/** What became of the records of one request. */
export class TakenRecordsView {
  @ApiProperty({ description: 'Counts of this request', type: TakenCounts })
  count!: TakenCounts;

  @ApiProperty({ description: 'Records that were refused', type: FailedRecordView, isArray: true })
  failedRecords!: FailedRecord[];

  @ApiPropertyOptional({ description: 'What was left out of records that were taken', type: Object, isArray: true })
  warnings?: ReadRecords['warnings'];
}

export const viewSnapshot = (row: SnapshotRow): SnapshotView => ({
  id: row.id,
  source: { id: row.source_id, name: row.source_name },
  dataTypes: row.data_types,
  taskId: row.task_id,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});
