import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody did something that matters later. Rows are only added. */
@Entity({ name: 'audit' })
export class AuditEntry {
  @PrimaryColumn({ type: 'bigint', generated: 'identity' })
  id!: number;

  @Column({ type: 'timestamptz', default: () => 'clock_timestamp()' })
  at!: Date;

  /** `system`: the service itself, or somebody at the machine. */
  @Column({ name: 'actor_kind', type: 'text' })
  actorKind!: 'admin' | 'key' | 'system';

  @Column({ name: 'actor_id', type: 'bigint', nullable: true })
  actorId!: number | null;

  /** As it was then. */
  @Column({ name: 'actor_name', type: 'text' })
  actorName!: string;

  /** What was done, e.g. `source.update`. */
  @Column({ type: 'text' })
  action!: string;

  /** What it was done to, e.g. `source:7`. */
  @Column({ type: 'text' })
  subject!: string;

  @Column({ type: 'jsonb', default: {} })
  details!: Record<string, unknown>;

  @Column({ name: 'request_id', type: 'text', nullable: true })
  requestId!: string | null;

  /** Where the request came from, as far as ROLLCALL_TRUST_PROXY lets us see. */
  @Column({ type: 'text', nullable: true })
  address!: string | null;
}
