import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { DataType } from '@rollcall/core';
import type { Doubt } from '../engine/doubt';
import { LIMITED, type Limited } from '../sources/policies';

/** What speaks against applying a plan at once, as the API shows it; which members are there follows from `kind`. */
export class DoubtView {
  @ApiProperty({
    description:
      '`limit`: more would go than a limit allows; `empty`: a data type that the source used to have came back with ' +
      'none; `rejected`: the plan takes away what was rejected before',
    enum: ['limit', 'empty', 'rejected'],
  })
  kind!: Doubt['kind'];

  @ApiPropertyOptional({ description: '`limit`: which one', enum: LIMITED })
  limit?: Limited;

  @ApiPropertyOptional({ description: 'Of which records', enum: ['user', 'department'], nullable: true })
  dataType?: DataType | null;

  @ApiPropertyOptional({
    description: '`limit`: name of the target whose limit it is; null: a limit of the source',
    type: String,
    nullable: true,
  })
  target?: string | null;

  @ApiPropertyOptional({ description: '`limit`, `rejected`: how much would go; what went lately counts' })
  n?: number;

  @ApiPropertyOptional({ description: '`limit`: those of them that went within the last hour' })
  recent?: number;

  @ApiPropertyOptional({ description: '`limit`: out of so many' })
  live?: number;

  @ApiPropertyOptional({ description: '`limit`: more than this is too much' })
  count?: number;

  @ApiPropertyOptional({ description: '`limit`: more than this part of `live`, in per cent, is too much' })
  percent?: number;

  @ApiPropertyOptional({
    description:
      '`limit` `cleared`: the fields that would lose values; `rejected`: the same, or an empty text alone where records leave',
    type: [String],
  })
  fields?: string[];

  @ApiPropertyOptional({
    description: '`rejected`: id of the task that was rejected; null: it is not kept any more',
    type: Number,
    nullable: true,
  })
  taskId?: number | null;
}
