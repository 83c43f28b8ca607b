import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { StoredPolicies } from './policies';

/** A configured source adapter. */
@Entity({ name: 'sources' })
export class Source {
  @PrimaryColumn({ type: 'bigint', generated: 'identity' })
  id!: number;

  /** Unique and immutable: scripts and callback addresses use it. */
  @Column({ type: 'text', unique: true })
  name!: string;

  @Column({ name: 'display_name', type: 'text' })
  displayName!: string;

  /** The id of the source adapter. */
  @Column({ type: 'text' })
  type!: string;

  @Column({ type: 'boolean', default: true })
  enabled!: boolean;

  @Column({ type: 'jsonb', default: {} })
  options!: Record<string, unknown>;

  /** Option name → encrypted value. */
  @Column({ type: 'jsonb', default: {} })
  secrets!: Record<string, string>;

  @Column({ type: 'jsonb', nullable: true })
  schedule!: { cron: string; timeZone: string } | null;

  /** The user fields by which a first link may be made. */
  @Column({ name: 'match_key', type: 'text', array: true, default: [] })
  matchKey!: string[];

  @Column({ type: 'integer', default: 100 })
  priority!: number;

  @Column({ type: 'jsonb', default: {} })
  policies!: StoredPolicies;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
