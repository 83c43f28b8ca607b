import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

/** One department of the tree. */
@Entity({ name: 'departments' })
export class Department {
  @PrimaryColumn({ type: 'bigint', generated: 'identity' })
  id!: number;

  @Column({ type: 'text' })
  title!: string;

  /** As stated; while the parent is deleted the department is read as a root. */
  @Column({ name: 'parent_id', type: 'bigint', nullable: true })
  parentId!: number | null;

  @Column({ type: 'bigint', nullable: true })
  sort!: number | null;

  @Column({ type: 'jsonb', default: {} })
  custom!: Record<string, unknown>;

  /** Fields, by their record names, that were set by hand: a sync leaves them alone. */
  @Column({ name: 'locked_fields', type: 'text', array: true, default: [] })
  lockedFields!: string[];

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  deletedAt!: Date | null;
}
