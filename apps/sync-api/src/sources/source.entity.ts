import { Column, CreateDateColumn, DeleteDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { StoredPolicies } from './policies';

export interface Schedule {
  /** Five fields: minute, hour, day of month, month, day of week. */
  cron: string;
  /** IANA name. */
  timeZone: string;
  /** Incremental reads between the full ones, in the same time zone. */
  incrementalCron?: string;
}

/** The user fields by which a first link may be made. */
export const MATCH_KEYS = ['username', 'email', 'phone'] as const;
export type MatchKey = (typeof MATCH_KEYS)[number];

/** A configured source adapter. */
@Entity({ name: 'sources' })
export class Source {
  @PrimaryColumn({ type: 'bigint', generated: 'identity' })
  id!: number;

  /** Unique among sources that are not deleted, and immutable: scripts and callback addresses use it. */
  @Column({ type: 'text' })
  name!: string;

  @Column({ name: 'display_name', type: 'text' })
  displayName!: string;

  /** The id of the source adapter. */
  @Column({ type: 'text' })
  type!: string;

  @Column({ type: 'boolean', default: true })
  enabled!: boolean;

  /** As the admin set them: without the defaults of the schema, without secrets. */
  @Column({ type: 'jsonb', default: {} })
  options!: Record<string, unknown>;

  /** Option name → encrypted value. */
  @Column({ type: 'jsonb', default: {} })
  secrets!: Record<string, string>;

  /** The `optionsVersion` of the adapter for which both were stored. */
  @Column({ name: 'options_version', type: 'integer', default: 1 })
  optionsVersion!: number;

  @Column({ type: 'jsonb', nullable: true })
  schedule!: Schedule | null;

  @Column({ name: 'match_key', type: 'text', array: true, default: [] })
  matchKey!: MatchKey[];

  @Column({ type: 'integer', default: 100 })
  priority!: number;

  @Column({ type: 'jsonb', default: {} })
  policies!: StoredPolicies;

  /** Where the next incremental read begins: the `nextCursor` of the last applied task. */
  @Column({ type: 'text', nullable: true })
  cursor!: string | null;

  /** The task that brought it. */
  @Column({ name: 'cursor_task_id', type: 'bigint', nullable: true })
  cursorTaskId!: number | null;

  /** When the schedule makes the next full task; null: not scheduled, or not computed yet. */
  @Column({ name: 'next_run_at', type: 'timestamptz', nullable: true })
  nextRunAt!: Date | null;

  @Column({ name: 'next_incremental_at', type: 'timestamptz', nullable: true })
  nextIncrementalAt!: Date | null;

  /** Pulls that failed in a row. */
  @Column({ type: 'integer', default: 0 })
  failures!: number;

  /** Without a success until then it is overdue. */
  @Column({ name: 'overdue_at', type: 'timestamptz', nullable: true })
  overdueAt!: Date | null;

  /** Somebody was told that it is. */
  @Column({ name: 'overdue_told_at', type: 'timestamptz', nullable: true })
  overdueToldAt!: Date | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  /** Its records and links are kept for 30 days after this, for a new source of the same name and type. */
  @DeleteDateColumn({ name: 'deleted_at', type: 'timestamptz' })
  deletedAt!: Date | null;

  /** Deleted so long ago that its records and links were removed. */
  @Column({ name: 'forgotten_at', type: 'timestamptz', nullable: true })
  forgottenAt!: Date | null;
}
