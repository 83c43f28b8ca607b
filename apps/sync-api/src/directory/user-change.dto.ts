import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ACTIONS, type Action } from '@rollcall/core';
import { ShownDifference } from '../tasks/change-view';
import { NamingView } from '../tasks/naming-view';
import type { Waiting } from '../tasks/shown-differences';
import { TASK_KINDS, type TaskKind } from '../tasks/task.entity';

/** What admins do to a user, as the audit calls it. */
export const HAND_ACTIONS = [
  'user.create',
  'user.update',
  'user.delete',
  'user.restore',
  'user.release',
  'user.sync',
  'link.create',
  'link.delete',
  'membership.put',
  'membership.delete',
] as const;
export type HandAction = (typeof HAND_ACTIONS)[number];

/** What happened to a department that the user is in. */
export const DEPARTMENT_ACTIONS = ['department.delete', 'department.restore'] as const;
export type DepartmentAction = (typeof DEPARTMENT_ACTIONS)[number];

const OUTCOMES = ['applied', 'failed', 'stale'] as const;

export class ChangingTaskView {
  @ApiProperty({ description: 'Id of the task' })
  id!: number;

  @ApiProperty({ description: 'How the task came about', enum: TASK_KINDS })
  kind!: TaskKind;

  @ApiProperty({ description: 'Name of its source', type: String, nullable: true })
  source!: string | null;
}

export class HandView {
  @ApiProperty({ description: 'What kind of caller', enum: ['admin', 'key', 'system'] })
  kind!: 'admin' | 'key' | 'system';

  @ApiProperty({ description: 'Named as then' })
  name!: string;
}

export class ChangedMembershipView {
  @ApiProperty({ description: 'Id of the department' })
  id!: number;

  @ApiProperty({ description: 'What it is called now; null: it was removed for good', type: String, nullable: true })
  title!: string | null;

  @ApiPropertyOptional({ description: '`membership.put`: whether it was made the main department' })
  isMain?: boolean;

  @ApiPropertyOptional({ description: '`membership.put`: whether the user was made an owner of it' })
  isOwner?: boolean;
}

export class HandLinkedRecordView {
  @ApiProperty({ description: 'Its uid now' })
  uid!: string;

  @ApiProperty({ description: 'Name of its source' })
  source!: string;
}

/** One thing that happened to a user: by a task (`task`) or by hand (`by`). */
export class UserChangeView extends NamingView {
  @ApiProperty({ description: 'When: of a task, its end', type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ description: 'The task that did it; null: a hand', type: ChangingTaskView, nullable: true })
  task!: ChangingTaskView | null;

  @ApiProperty({ description: 'Who did it by hand; null: a task', type: HandView, nullable: true })
  by!: HandView | null;

  @ApiProperty({ description: 'Name of the target; null: by hand', type: String, nullable: true })
  target!: string | null;

  @ApiProperty({ description: 'Uid of the record that asked for it; null: by hand', type: String, nullable: true })
  uid!: string | null;

  @ApiProperty({
    description:
      'Of a task: what the record needed; null when it failed before that was known. By hand: as in the audit. ' +
      '`department.delete`, `department.restore`: what became of a department that sources or hands put the user into; while it is deleted they are not in it',
    enum: [...ACTIONS, ...HAND_ACTIONS, ...DEPARTMENT_ACTIONS],
    nullable: true,
  })
  action!: Action | HandAction | DepartmentAction | null;

  @ApiProperty({ description: 'What became of it', enum: OUTCOMES })
  outcome!: (typeof OUTCOMES)[number];

  @ApiProperty({
    description:
      'Field by field. Only operators see the values from before; nothing for a create. By hand as long as changes are kept, a manager by name',
    type: [ShownDifference],
  })
  diff!: ShownDifference[];

  @ApiPropertyOptional({
    description: 'By hand: names of the fields that changed',
    example: ['nickname'],
  })
  fields?: string[];

  @ApiPropertyOptional({
    description: 'Of a change without differences: references of its record that wait still',
    type: 'array',
    items: {
      type: 'object',
      required: ['field', 'uid'],
      properties: { field: { type: 'string' }, uid: { type: 'string' } },
    },
  })
  waits?: readonly Waiting[];

  @ApiPropertyOptional({ description: 'By hand: names of the fields that were locked, those that changed included' })
  locked?: string[];

  @ApiPropertyOptional({ description: 'By hand: names of the fields that were unlocked' })
  unlocked?: string[];

  @ApiPropertyOptional({ description: 'By hand: whether the user was protected, or no longer is; absent: as before' })
  protected?: boolean;

  @ApiPropertyOptional({
    description: '`membership.put`, `membership.delete`, `department.delete`, `department.restore`: the department',
    type: ChangedMembershipView,
  })
  department?: ChangedMembershipView;

  @ApiPropertyOptional({
    description: '`link.create`, `link.delete`: the record; absent when it was not known then, or is not any more',
    type: HandLinkedRecordView,
  })
  record?: HandLinkedRecordView;
}
