import { Column, DeleteDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { StoredLimits } from '../sources/policies';

/**
 * Targets that every installation has. They are always on and for every source: memberships and references stand on them,
 * and a link that was lost there could not be told from a new person.
 */
export const BUILT_IN_TARGETS: readonly string[] = ['users', 'departments'];

/** Where records are applied: a configured target adapter. */
@Entity({ name: 'targets' })
export class Target {
  @PrimaryColumn({ type: 'smallint', generated: 'identity' })
  id!: number;

  /** Unique among targets that are not deleted, and immutable: counts and changes of tasks name it. */
  @Column({ type: 'text' })
  name!: string;

  /** The id of the target adapter. */
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

  /** Only records of these sources go there; null: of all. */
  @Column({ type: 'integer', array: true, nullable: true })
  sources!: number[] | null;

  @Column({ type: 'jsonb', default: {} })
  limits!: StoredLimits;

  /** Its row stays: changes of its tasks name it. */
  @DeleteDateColumn({ name: 'deleted_at', type: 'timestamptz' })
  deletedAt!: Date | null;
}
