import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

/** One person. Soft-deleted ones keep their row, so that they come back with the same id. */
@Entity({ name: 'users' })
export class User {
  @PrimaryColumn({ type: 'bigint', generated: 'identity' })
  id!: number;

  @Column({ type: 'text', nullable: true })
  username!: string | null;

  @Column({ type: 'text', nullable: true })
  nickname!: string | null;

  @Column({ type: 'text', nullable: true })
  email!: string | null;

  @Column({ type: 'text', nullable: true })
  phone!: string | null;

  @Column({ name: 'manager_id', type: 'bigint', nullable: true })
  managerId!: number | null;

  @Column({ type: 'text', default: 'active' })
  status!: 'active' | 'disabled';

  @Column({ type: 'jsonb', default: {} })
  custom!: Record<string, unknown>;

  /** Never touched by a sync. */
  @Column({ type: 'boolean', default: false })
  protected!: boolean;

  /** Fields (by their record names, and `status`) that were set by hand: a sync leaves them alone. */
  @Column({ name: 'locked_fields', type: 'text', array: true, default: [] })
  lockedFields!: string[];

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  deletedAt!: Date | null;
}
