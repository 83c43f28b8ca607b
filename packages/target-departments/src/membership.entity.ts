import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A statement that a user is in a department. Visible while one statement stands and neither side is deleted. */
@Entity({ name: 'memberships' })
export class Membership {
  @PrimaryColumn({ name: 'user_id', type: 'bigint' })
  userId!: number;

  @PrimaryColumn({ name: 'department_id', type: 'bigint' })
  departmentId!: number;

  /** Null: made by hand. Part of the key, although TypeORM cannot say so of a nullable column. */
  @Column({ name: 'source_id', type: 'bigint', nullable: true })
  sourceId!: number | null;

  /** Place in the user's list. */
  @Column({ type: 'integer', default: 0 })
  position!: number;

  @Column({ name: 'flagged_main', type: 'boolean', default: false })
  flaggedMain!: boolean;

  @Column({ name: 'is_main', type: 'boolean', default: false })
  isMain!: boolean;

  @Column({ name: 'is_owner', type: 'boolean', default: false })
  isOwner!: boolean;
}
