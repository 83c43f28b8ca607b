import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { AdminRole } from './caller';

/** Somebody who may sign in to the admin web. */
@Entity({ name: 'admins' })
export class Admin {
  @PrimaryColumn({ type: 'bigint', generated: 'identity' })
  id!: number;

  /** Unique without regard to case. */
  @Column({ type: 'text' })
  username!: string;

  @Column({ type: 'text' })
  role!: AdminRole;

  /** Null until the invitation is accepted. */
  @Column({ name: 'password_hash', type: 'text', nullable: true, select: false })
  passwordHash!: string | null;

  @Column({ name: 'invitation_hash', type: 'bytea', nullable: true, select: false })
  invitationHash!: Buffer | null;

  @Column({ name: 'invitation_expires_at', type: 'timestamptz', nullable: true })
  invitationExpiresAt!: Date | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'last_sign_in_at', type: 'timestamptz', nullable: true })
  lastSignInAt!: Date | null;
}
