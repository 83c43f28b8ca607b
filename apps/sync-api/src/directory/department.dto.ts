import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsInt, IsObject, IsOptional, IsString } from 'class-validator';
import { PageQuery } from '../http/page';
import { FieldList, LOCK_BESIDES, UNLOCK } from './field-list';
import { IfGiven, IsId, QueryId } from './query-id';
import { LinkView, PersonView, PROVENANCE, type ProvenanceView } from './user.dto';

export class DepartmentsQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Only children of this department; `null` or empty: only roots. Absent: all, flat',
    type: String,
    example: '12',
  })
  @Transform(({ value }: { value: unknown }) => (value === '' || value === 'null' ? null : value))
  @IsOptional()
  @QueryId()
  parentId?: number | null;
}

/** How many members a department's `memberCount` tells apart. */
export const MEMBER_COUNT_LIMIT = 10_000;

export class ParentView {
  @ApiProperty({ description: 'Id of the department' })
  id!: number;

  @ApiProperty({ description: 'Title of the department' })
  title!: string;
}

export class DepartmentView {
  @ApiProperty({ description: 'Id of the department; it stays the same, also through deletion and restoring' })
  id!: number;

  @ApiProperty({ description: 'Name to show', example: 'Research' })
  title!: string;

  @ApiProperty({
    description: 'Id of the parent; null: a root, or the parent is deleted',
    type: Number,
    nullable: true,
  })
  parentId!: number | null;

  @ApiProperty({ description: 'The departments above it, the root first', type: [ParentView] })
  path!: ParentView[];

  @ApiProperty({ description: 'Place among its siblings', type: Number, nullable: true })
  sort!: number | null;

  @ApiProperty({ description: 'Has no children' })
  isLeaf!: boolean;

  @ApiProperty({
    description: `Members of this department itself, without those of its children; ${MEMBER_COUNT_LIMIT}: so many or more`,
    type: 'integer',
  })
  memberCount!: number;

  @ApiProperty({ description: 'Who owns it', type: [PersonView] })
  owners!: PersonView[];

  @ApiProperty({ description: 'Custom fields, by name', type: 'object', additionalProperties: true })
  custom!: Record<string, unknown>;

  @ApiProperty({
    description: 'Fields that were set by hand: no sync touches them. `parentUid` is the parent',
    example: ['title'],
  })
  lockedFields!: string[];

  @ApiProperty({ description: 'The records behind this department', type: [LinkView] })
  links!: LinkView[];

  @ApiProperty(PROVENANCE)
  provenance!: Record<string, ProvenanceView>;

  @ApiProperty({ description: 'When the department was made' })
  createdAt!: Date;

  @ApiProperty({ description: 'When a field last changed' })
  updatedAt!: Date;
}

class DepartmentFields {
  @ApiPropertyOptional({ description: 'Id of the parent; null: a root', type: Number, nullable: true })
  @IsOptional()
  @IsId()
  parentId?: number | null;

  @ApiPropertyOptional({ description: 'Place among its siblings', type: Number, nullable: true })
  @IsOptional()
  @IsInt()
  sort?: number | null;

  @ApiPropertyOptional({
    description: 'Custom fields to set; null or "" removes one, others stay',
    type: 'object',
    additionalProperties: true,
  })
  @IfGiven()
  @IsObject()
  custom?: Record<string, unknown>;
}

export class NewDepartmentBody extends DepartmentFields {
  @ApiProperty({ description: 'Name to show' })
  @IsString()
  title!: string;
}

/** Only what is named changes; every field whose value really differs is locked against syncs. */
export class DepartmentPatch extends DepartmentFields {
  @ApiPropertyOptional({ description: 'Name to show; a department cannot be without' })
  @IfGiven()
  @IsString()
  title?: string;

  @FieldList('The fields that stay locked; those that this request changes are added', 'title')
  lockedFields?: string[];

  @FieldList(LOCK_BESIDES, 'title')
  lock?: string[];

  @FieldList(UNLOCK, 'title')
  unlock?: string[];
}

/** A membership made by hand. A flag that is not named is false. */
export class MembershipBody {
  @ApiPropertyOptional({ description: 'The user owns the department', default: false })
  @IfGiven()
  @IsBoolean()
  isOwner?: boolean;

  @ApiPropertyOptional({
    description: "Makes it the user's main department, whatever sources say. False withdraws only that wish",
    default: false,
  })
  @IfGiven()
  @IsBoolean()
  isMain?: boolean;
}

export class MembershipView {
  @ApiProperty({ description: 'Id of the department' })
  departmentId!: number;

  @ApiProperty({ description: 'Id of the user' })
  userId!: number;

  @ApiProperty({ description: 'Somebody says that the user is in the department' })
  isMember!: boolean;

  @ApiProperty({ description: "The user's main department" })
  isMain!: boolean;

  @ApiProperty({ description: 'The user owns the department' })
  isOwner!: boolean;

  @ApiProperty({ description: 'An admin says so: survives every sync' })
  byHand!: boolean;

  @ApiProperty({ description: 'Names of the sources that say so', example: ['api'] })
  sources!: string[];
}
