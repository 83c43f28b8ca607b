import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DATA_TYPES, type DataType } from '@rollcall/core';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { PageQuery } from '../http/page';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export class LogQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Lines that matter at least as much', enum: LOG_LEVELS })
  @IsOptional()
  @IsIn(LOG_LEVELS)
  level?: LogLevel;
}

export class RawRecordsQuery {
  @ApiProperty({ description: 'What the record is', enum: DATA_TYPES })
  @IsIn(DATA_TYPES)
  dataType!: DataType;

  @ApiPropertyOptional({ description: 'Uid of the record' })
  @IsOptional()
  @IsString()
  @MaxLength(255)
  uid?: string;

  @ApiPropertyOptional({ description: 'Instead, of a record without a readable uid: its `position` among the changes' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  position?: number;
}

export class RawRecordsView {
  @ApiProperty({
    description: 'The record as it was received; several when it was said several times, the last 20',
    type: 'array',
    items: {},
  })
  records!: unknown[];
}

/** One line of the system log that a task wrote. */
export class LogLineView {
  @ApiProperty({ description: 'When it was written', format: 'date-time' })
  time!: string;

  @ApiProperty({ description: 'How much it matters', enum: LOG_LEVELS })
  level!: LogLevel;

  @ApiProperty({ description: 'What happened' })
  message!: string;

  @ApiProperty({ description: 'The part of Rollcall that wrote it', type: String, nullable: true })
  context!: string | null;

  @ApiProperty({ description: 'The request that started the task', type: String, nullable: true })
  requestId!: string | null;

  @ApiProperty({ description: 'Everything else that the line carries', type: 'object', additionalProperties: true })
  details!: Record<string, unknown>;
}
