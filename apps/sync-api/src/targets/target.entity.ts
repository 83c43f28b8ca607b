import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where records are applied: a configured target adapter. */
@Entity({ name: 'targets' })
export class Target {
  @PrimaryColumn({ type: 'smallint', generated: 'identity' })
  id!: number;

  @Column({ type: 'text', unique: true })
  name!: string;

  @Column({ type: 'text' })
  type!: string;

  @Column({ type: 'boolean', default: true })
  enabled!: boolean;

  @Column({ type: 'jsonb', default: {} })
  options!: Record<string, unknown>;
}
