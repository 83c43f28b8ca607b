import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { type Action, ACTIONS, DATA_TYPES, type DataType, type FieldDifference, type Party } from '@rollcall/core';
import { FailureView } from './failure-view';
import { NamingView } from './naming-view';

export const SHOWN_OUTCOMES = ['applied', 'failed', 'stale', 'held', 'planned'] as const;

/** A field may hold whatever JSON holds. */
const ANY_JSON = {
  nullable: true,
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: {} },
    { type: 'object', additionalProperties: true },
  ],
};

export class FieldDifferenceView implements FieldDifference {
  @ApiProperty({ description: 'Name of the field' })
  field!: string;

  @ApiPropertyOptional({
    description: 'The value until then; absent: there was none',
    ...ANY_JSON,
  })
  before?: unknown;

  @ApiPropertyOptional({
    description: 'The value from then on; absent: none',
    ...ANY_JSON,
  })
  after?: unknown;
}

/** A difference, and what of it could not be written yet. */
export class ShownDifference extends FieldDifferenceView {
  @ApiPropertyOptional({
    description: 'Uids in `after` that nothing resolves yet: what they refer to is set by the task that brings it',
    type: [String],
  })
  waits?: string[];
}

/** One change of a task as the API shows it. */
export class ChangeView extends NamingView {
  @ApiProperty({ description: 'Name of the target' })
  target!: string;

  @ApiProperty({ description: 'What the record is', enum: ['user', 'department'] })
  dataType!: DataType;

  @ApiProperty({
    description: 'Uid of the record; null when it had none that could be read',
    type: String,
    nullable: true,
  })
  uid!: string | null;

  @ApiProperty({
    description: 'Nickname, title or username that the record says; null: it says none, or is not known',
    type: String,
    nullable: true,
  })
  name!: string | null;

  @ApiProperty({
    description: 'Id of the user or department that the record stands for now; null: there is none',
    type: Number,
    nullable: true,
  })
  resourceId!: number | null;

  @ApiProperty({
    description: 'What the record needs; null when it failed before that was known',
    enum: ACTIONS,
    nullable: true,
  })
  action!: Action | null;

  @ApiProperty({ description: 'What happened to the change', enum: SHOWN_OUTCOMES })
  outcome!: (typeof SHOWN_OUTCOMES)[number];

  @ApiProperty({
    description:
      'Place of the record in what was read or sent, from 0; null: it was not in it, or is not known any more',
    type: Number,
    nullable: true,
  })
  position!: number | null;

  @ApiProperty({
    description:
      'Field by field. `status` (`active`, `disabled`, `deleted`) stands there when the change disables, deletes or restores; ' +
      '`uid` without `after` when an undo takes the record from whom it was linked to',
    type: [ShownDifference],
  })
  diff!: ShownDifference[];
}

/** Failures of a task that have the same reason. */
export class FailureGroupView extends PickType(FailureView, ['texts']) {
  @ApiProperty({ description: 'Name of the target' })
  target!: string;

  @ApiProperty({ description: 'Of which records', enum: DATA_TYPES })
  dataType!: DataType;

  @ApiProperty({ description: 'Error code of all of them' })
  code!: string;

  @ApiProperty({ description: 'The field that all of them are about', type: String, nullable: true })
  field!: string | null;

  @ApiProperty({ description: 'How many' })
  n!: number;

  @ApiProperty({ description: 'What is wrong with one of them, and what to do' })
  message!: string;

  @ApiProperty({
    description:
      'Who can put it right: an `admin` in Rollcall or in the source, the `operator` of the machine, or the `caller`: ' +
      'whoever sends the records',
    enum: ['admin', 'operator', 'caller'],
  })
  party!: Party;

  @ApiProperty({ description: 'Trying again may help without changing anything' })
  retryable!: boolean;
}
