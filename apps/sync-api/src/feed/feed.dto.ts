import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { DATA_TYPES, type DataType } from '@rollcall/core';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { USER_STATUSES, type UserStatus } from '../directory/user.dto';
import { FEED_ACTIONS, type FeedAction } from './tell';

export const FEED_LIMIT = 1_000;
export const LONGEST_WAIT = 30;

export class FeedQuery {
  @ApiPropertyOptional({
    description:
      '`next` of the answer before, or the `cursor` of an entry: what comes after it. Absent: everything that there is, ' +
      'then what changes. `now`: only what changes from now on',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  after?: string;

  @ApiPropertyOptional({ description: 'Entries at most', default: 100, minimum: 1, maximum: FEED_LIMIT })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(FEED_LIMIT)
  limit: number = 100;

  @ApiPropertyOptional({
    description: 'Seconds that the answer may be kept back while there is nothing to tell',
    default: 0,
    minimum: 0,
    maximum: LONGEST_WAIT,
  })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(LONGEST_WAIT)
  wait: number = 0;
}

class FeedLinkView {
  @ApiProperty({ description: 'Name of the source', example: 'hr' })
  source!: string;

  @ApiProperty({ description: "The source's own id of it", example: '1042' })
  uid!: string;
}

class FeedMembershipView {
  @ApiProperty({ description: 'Id of the department' })
  id!: number;

  @ApiProperty({ description: "The user's main department" })
  isMain!: boolean;

  @ApiProperty({ description: 'The user owns it: by what is said of the user, or because the department names them' })
  isOwner!: boolean;
}

const CUSTOM = { description: 'Custom fields, by name', type: 'object', additionalProperties: true } as const;

/** A user as the feed tells it: what is said of this user, names of others apart. */
export class FeedUserView {
  @ApiProperty({ description: 'Id of the user' })
  id!: number;

  @ApiProperty({ description: 'Unique without regard to case', type: String, nullable: true })
  username!: string | null;

  @ApiProperty({ description: 'Name to show', type: String, nullable: true })
  nickname!: string | null;

  @ApiProperty({ description: 'Unique without regard to case', type: String, nullable: true })
  email!: string | null;

  @ApiProperty({ description: 'Unique', type: String, nullable: true })
  phone!: string | null;

  @ApiProperty({ description: 'Deleted ones may be restored until they are purged', enum: USER_STATUSES })
  status!: UserStatus;

  @ApiProperty({
    description: 'Id of the manager as stated. One who is deleted counts for none, until they are restored',
    type: Number,
    nullable: true,
  })
  managerId!: number | null;

  @ApiProperty({ description: 'Departments that are not deleted, the main one first', type: [FeedMembershipView] })
  departments!: FeedMembershipView[];

  @ApiProperty(CUSTOM)
  custom!: Record<string, unknown>;

  @ApiProperty({ description: 'No sync touches this user' })
  protected!: boolean;

  @ApiProperty({ description: 'Fields that were set by hand', type: [String] })
  lockedFields!: string[];

  @ApiProperty({ description: 'Which sources state it', type: [FeedLinkView] })
  links!: FeedLinkView[];

  @ApiProperty({ description: 'When the user was made' })
  createdAt!: Date;

  @ApiProperty({ description: 'When a field last changed' })
  updatedAt!: Date;
}

/** A department as the feed tells it: what is said of this department alone. */
export class FeedDepartmentView {
  @ApiProperty({ description: 'Id of the department' })
  id!: number;

  @ApiProperty({ description: 'Title' })
  title!: string;

  @ApiProperty({ description: 'Deleted ones may be restored until they are purged', enum: ['active', 'deleted'] })
  status!: 'active' | 'deleted';

  @ApiProperty({
    description: 'Id of the parent as stated. One that is deleted counts for none, until it is restored',
    type: Number,
    nullable: true,
  })
  parentId!: number | null;

  @ApiProperty({ description: 'Order among its siblings', type: Number, nullable: true })
  sort!: number | null;

  @ApiProperty({
    description:
      'Ids of the owners that the department names, without deleted users. Whoever owns it by their membership says so as a user',
    type: [Number],
  })
  ownerIds!: number[];

  @ApiProperty(CUSTOM)
  custom!: Record<string, unknown>;

  @ApiProperty({ description: 'Fields that were set by hand', type: [String] })
  lockedFields!: string[];

  @ApiProperty({ description: 'Which sources state it', type: [FeedLinkView] })
  links!: FeedLinkView[];

  @ApiProperty({ description: 'When the department was made' })
  createdAt!: Date;

  @ApiProperty({ description: 'When a field last changed' })
  updatedAt!: Date;
}

class FeedTaskView {
  @ApiProperty({ description: 'Id of the task; its changes say field by field what it did' })
  id!: number;

  @ApiProperty({
    description: 'Name of its source; null: it has none, or is not kept any more',
    type: String,
    nullable: true,
  })
  source!: string | null;
}

@ApiExtraModels(FeedUserView, FeedDepartmentView)
export class FeedEntryView {
  @ApiProperty({ description: 'Go on with this one as `after` when everything up to this entry is done' })
  cursor!: string;

  @ApiProperty({ description: 'What the entry is about', enum: DATA_TYPES })
  dataType!: DataType;

  @ApiProperty({ description: 'Id of the user or department' })
  id!: number;

  @ApiProperty({
    description:
      'What happened to it. `exists`: nothing, it is there. `purged`: it is gone for good, with all that names it',
    enum: ['exists', ...FEED_ACTIONS],
  })
  action!: FeedAction | 'exists';

  @ApiProperty({ description: 'When; null: `exists`', type: String, format: 'date-time', nullable: true })
  at!: string | null;

  @ApiProperty({ description: 'The task that did it; null: a hand, or `exists`', type: FeedTaskView, nullable: true })
  task!: FeedTaskView | null;

  @ApiProperty({
    description:
      'How it stands now, which may be later than the entry: then what changed it in between is told further on. ' +
      'Null: it has been purged',
    oneOf: [{ $ref: getSchemaPath(FeedUserView) }, { $ref: getSchemaPath(FeedDepartmentView) }],
    nullable: true,
  })
  current!: FeedUserView | FeedDepartmentView | null;
}

export class FeedView {
  @ApiProperty({ description: 'In their order', type: [FeedEntryView] })
  items!: FeedEntryView[];

  @ApiProperty({ description: '`after` of the next request, also when there was nothing' })
  next!: string;

  @ApiProperty({ description: 'There may be more already: ask again at once' })
  more!: boolean;

  @ApiProperty({
    description:
      '`everything`: it still tells what there is. `changes`: that was told before, and whatever else a copy holds is not there any more',
    enum: ['everything', 'changes'],
  })
  phase!: 'everything' | 'changes';
}
