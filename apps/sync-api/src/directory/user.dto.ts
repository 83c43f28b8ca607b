import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../http/page';
import { FieldList, LOCK_BESIDES, UNLOCK } from './field-list';
import { IfGiven, IsId, QueryId } from './query-id';

export const USER_STATUSES = ['active', 'disabled', 'deleted'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];
export type LiveStatus = Exclude<UserStatus, 'deleted'>;

/** What a list of the users of one department takes. */
export class MembersQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'One status or several, separated by commas. Absent: everybody who is not deleted',
    example: 'active,disabled',
    type: String,
  })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value))
  @IsOptional()
  @IsIn(USER_STATUSES, { each: true, message: `must be ${USER_STATUSES.join(', ')}, or several with commas` })
  status?: UserStatus[];
}

export class UsersQuery extends MembersQuery {
  @ApiPropertyOptional({ description: 'Only members of this department', type: Number })
  @IsOptional()
  @QueryId()
  departmentId?: number;

  @ApiPropertyOptional({ description: 'Only users whom this source states, or was the last to state', type: Number })
  @IsOptional()
  @QueryId()
  sourceId?: number;
}

export class PersonView {
  @ApiProperty({ description: 'Id of the user' })
  id!: number;

  @ApiProperty({ description: 'Name to show', type: String, nullable: true })
  nickname!: string | null;
}

export class UserDepartmentView {
  @ApiProperty({ description: 'Id of the department' })
  id!: number;

  @ApiProperty({ description: 'Title of the department' })
  title!: string;

  @ApiProperty({ description: "The user's main department" })
  isMain!: boolean;

  @ApiProperty({ description: 'The user owns the department' })
  isOwner!: boolean;

  @ApiProperty({ description: 'An admin says so: survives every sync' })
  byHand!: boolean;

  @ApiProperty({ description: 'Names of the sources that say so', example: ['api'] })
  sources!: string[];
}

export class LinkView {
  @ApiProperty({ description: 'Id of the link, to take it away with' })
  id!: number;

  @ApiProperty({ description: 'Name of the source', type: String, nullable: true, example: 'api' })
  source!: string | null;

  @ApiProperty({
    description:
      "The source's own id of it. One that left, and whose uid is another one's by now, has `<uid>#<record id>`",
  })
  uid!: string;

  @ApiProperty({
    description: 'The task that last applied something from there; null when it is no longer kept',
    type: Number,
    nullable: true,
  })
  taskId!: number | null;

  @ApiProperty({ description: 'When that task ended, or began', type: String, format: 'date-time', nullable: true })
  updatedAt!: string | null;
}

export class ProvenanceView {
  @ApiProperty({ description: 'Name of the source whose value it is', example: 'api' })
  source!: string;

  @ApiProperty({
    description: 'The task with which that source last changed it; null when it is not kept any more',
    type: Number,
    nullable: true,
  })
  taskId!: number | null;

  @ApiProperty({
    description: 'When; null when that is not kept any more',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  updatedAt!: string | null;
}

/** How the property `provenance` of a user or a department is documented. */
export const PROVENANCE = {
  description: 'For each field that a source set: which one. When several state it, the one that won',
  type: 'object',
  additionalProperties: { $ref: getSchemaPath(ProvenanceView) },
  example: { nickname: { source: 'hr', taskId: 7, updatedAt: '2026-01-31T08:00:00.000Z' } },
} as const;

const CUSTOM = {
  description: 'Custom fields, by name',
  type: 'object',
  additionalProperties: true,
  example: { costCentre: '4711' },
} as const;

@ApiExtraModels(ProvenanceView)
export class UserView {
  @ApiProperty({ description: 'Id of the user; it stays the same, also through deletion and restoring' })
  id!: number;

  @ApiProperty({ description: 'Unique without regard to case', type: String, nullable: true, example: 'wang.fang' })
  username!: string | null;

  @ApiProperty({ description: 'Name to show', type: String, nullable: true, example: '王芳' })
  nickname!: string | null;

  @ApiProperty({ description: 'Unique without regard to case', type: String, nullable: true })
  email!: string | null;

  @ApiProperty({ description: 'Unique', type: String, nullable: true })
  phone!: string | null;

  @ApiProperty({ description: 'Deleted users keep their row, so that they can come back', enum: USER_STATUSES })
  status!: UserStatus;

  @ApiProperty({ description: 'Manager; null also while the manager is deleted', type: PersonView, nullable: true })
  manager!: PersonView | null;

  @ApiProperty({ description: 'Id of the main department', type: Number, nullable: true })
  mainDepartmentId!: number | null;

  @ApiProperty({ description: 'Every department, the main one first', type: [UserDepartmentView] })
  departments!: UserDepartmentView[];

  @ApiProperty(CUSTOM)
  custom!: Record<string, unknown>;

  @ApiProperty({ description: 'No sync touches this user' })
  protected!: boolean;

  @ApiProperty({
    description: 'Fields that were set by hand: no sync touches them. `managerUid` is the manager',
    example: ['nickname', 'status'],
  })
  lockedFields!: string[];

  @ApiProperty({ description: 'The records behind this user', type: [LinkView] })
  links!: LinkView[];

  @ApiProperty(PROVENANCE)
  provenance!: Record<string, ProvenanceView>;

  @ApiProperty({ description: 'When the user was made' })
  createdAt!: Date;

  @ApiProperty({ description: 'When a field last changed' })
  updatedAt!: Date;

  @ApiProperty({
    description: 'Until when a deleted user can be restored for certain; null: not deleted, or protected',
    type: Date,
    nullable: true,
  })
  purgedAfter!: Date | null;
}

class UserFields {
  @ApiPropertyOptional({ description: 'Unique; null or "" clears it', type: String, nullable: true })
  @IsOptional()
  @IsString()
  username?: string | null;

  @ApiPropertyOptional({ description: 'Name to show; null or "" clears it', type: String, nullable: true })
  @IsOptional()
  @IsString()
  nickname?: string | null;

  @ApiPropertyOptional({ description: 'Unique; null or "" clears it', type: String, nullable: true })
  @IsOptional()
  @IsString()
  email?: string | null;

  @ApiPropertyOptional({ description: 'Unique; null or "" clears it', type: String, nullable: true })
  @IsOptional()
  @IsString()
  phone?: string | null;

  @ApiPropertyOptional({ description: 'Id of the manager; null: none', type: Number, nullable: true })
  @IsOptional()
  @IsId()
  managerId?: number | null;

  @ApiPropertyOptional({ description: 'A status set here is lifted only here', enum: ['active', 'disabled'] })
  @IfGiven()
  @IsIn(['active', 'disabled'])
  status?: LiveStatus;

  @ApiPropertyOptional({ ...CUSTOM, description: 'Custom fields to set; null or "" removes one, others stay' })
  @IfGiven()
  @IsObject()
  custom?: Record<string, unknown>;
}

export class NewUserDepartment {
  @ApiProperty({ description: 'Id of the department' })
  @IsId()
  id!: number;

  @ApiPropertyOptional({ description: 'The main department; the first one if none is', default: false })
  @IfGiven()
  @IsBoolean()
  isMain?: boolean;

  @ApiPropertyOptional({ description: 'The user owns the department', default: false })
  @IfGiven()
  @IsBoolean()
  isOwner?: boolean;
}

/** A user made by hand. One of username, nickname, email and phone is needed. */
export class NewUserBody extends UserFields {
  @ApiPropertyOptional({ description: 'Departments of the user, in order', type: [NewUserDepartment] })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => NewUserDepartment)
  departments?: NewUserDepartment[];
}

/** Only what is named changes; every field whose value really differs is locked against syncs. */
export class UserPatch extends UserFields {
  @ApiPropertyOptional({ description: 'No sync touches a protected user' })
  @IfGiven()
  @IsBoolean()
  protected?: boolean;

  @FieldList(
    'The fields that stay locked; those that this request changes are added. ' +
      'What a source says about a field that is no longer locked is applied with its next sync',
    'nickname',
  )
  lockedFields?: string[];

  @FieldList(LOCK_BESIDES, 'nickname')
  lock?: string[];

  @FieldList(UNLOCK, 'nickname')
  unlock?: string[];
}
