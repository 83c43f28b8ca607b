import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsNumber, Max, Min } from 'class-validator';
import { MayBeAbsent, Nested } from './input-rules';
import type { LeavingPolicy } from './policies';

const USER_POLICIES = ['keep', 'disable', 'delete'] as const;
/** A department has no disabled state. */
const DEPARTMENT_POLICIES = ['keep', 'delete'] as const;

export class LimitDto {
  @ApiPropertyOptional({ description: 'Held when more than this many, and more than five', minimum: 0 })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  count?: number;

  @ApiPropertyOptional({
    description: 'Held when more than this part of what the source has, and more than five',
    minimum: 0,
    maximum: 100,
  })
  @MayBeAbsent()
  @IsNumber()
  @Min(0)
  @Max(100)
  percent?: number;
}

export class UserPoliciesDto {
  @ApiPropertyOptional({ enum: USER_POLICIES, description: 'When the source says that somebody is deleted' })
  @MayBeAbsent()
  @IsIn(USER_POLICIES)
  onDeleted?: LeavingPolicy;

  @ApiPropertyOptional({ enum: USER_POLICIES, description: 'When a complete read did not contain somebody' })
  @MayBeAbsent()
  @IsIn(USER_POLICIES)
  onMissing?: LeavingPolicy;
}

export class DepartmentPoliciesDto {
  @ApiPropertyOptional({ enum: DEPARTMENT_POLICIES, description: 'When the source says that a department is deleted' })
  @MayBeAbsent()
  @IsIn(DEPARTMENT_POLICIES)
  onDeleted?: LeavingPolicy;

  @ApiPropertyOptional({ enum: DEPARTMENT_POLICIES, description: 'When a complete read did not contain a department' })
  @MayBeAbsent()
  @IsIn(DEPARTMENT_POLICIES)
  onMissing?: LeavingPolicy;
}

/** How many may leave at once: all that can be counted at a target elsewhere. */
export class LeavingLimitsDto {
  @ApiPropertyOptional({ type: LimitDto })
  @MayBeAbsent()
  @Nested(() => LimitDto)
  deletes?: LimitDto;

  @ApiPropertyOptional({ type: LimitDto })
  @MayBeAbsent()
  @Nested(() => LimitDto)
  disables?: LimitDto;
}

export class LimitsDto extends LeavingLimitsDto {
  @ApiPropertyOptional({ type: LimitDto, description: 'Lost memberships' })
  @MayBeAbsent()
  @Nested(() => LimitDto)
  memberships?: LimitDto;

  @ApiPropertyOptional({ type: LimitDto, description: 'Cleared values' })
  @MayBeAbsent()
  @Nested(() => LimitDto)
  cleared?: LimitDto;
}

/** What is left out stays as it is, or takes its default. */
export class PoliciesDto {
  @ApiPropertyOptional({ type: UserPoliciesDto })
  @MayBeAbsent()
  @Nested(() => UserPoliciesDto)
  user?: UserPoliciesDto;

  @ApiPropertyOptional({ type: DepartmentPoliciesDto })
  @MayBeAbsent()
  @Nested(() => DepartmentPoliciesDto)
  department?: DepartmentPoliciesDto;

  @ApiPropertyOptional({ description: 'Days after which what was deleted is purged', minimum: 0, maximum: 3650 })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(3650)
  graceDays?: number;

  @ApiPropertyOptional({ type: LimitsDto, description: 'How much one task may take away before it is held' })
  @MayBeAbsent()
  @Nested(() => LimitsDto)
  limits?: LimitsDto;
}

export class LimitView {
  @ApiProperty({ description: 'Held when more than this many' })
  count!: number;

  @ApiProperty({ description: 'Held when more than this part of what the source has, in per cent' })
  percent!: number;
}

export class LeavingLimitsView {
  @ApiProperty({ type: LimitView })
  deletes!: LimitView;

  @ApiProperty({ type: LimitView })
  disables!: LimitView;
}

export class LimitsView extends LeavingLimitsView {
  @ApiProperty({ type: LimitView })
  memberships!: LimitView;

  @ApiProperty({ type: LimitView })
  cleared!: LimitView;
}

class LeavingPoliciesView {
  @ApiProperty({ description: 'When the source says that it is deleted', enum: USER_POLICIES })
  onDeleted!: LeavingPolicy;

  @ApiProperty({ description: 'When a complete read did not contain it', enum: USER_POLICIES })
  onMissing!: LeavingPolicy;
}

/** The policies in force, defaults included. */
export class PoliciesView {
  @ApiProperty({ type: LeavingPoliciesView })
  user!: LeavingPoliciesView;

  @ApiProperty({ type: LeavingPoliciesView })
  department!: LeavingPoliciesView;

  @ApiProperty({ description: 'Days after which what was deleted is purged' })
  graceDays!: number;

  @ApiProperty({ type: LimitsView })
  limits!: LimitsView;
}
