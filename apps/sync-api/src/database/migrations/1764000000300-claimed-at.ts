import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever pushes again after a process was killed waits seconds for it, not a minute. */
export class ClaimedAt1764000000300 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table idempotency_keys add column claimed_at timestamptz not null default now();
      comment on column idempotency_keys.claimed_at is 'when whoever runs the first request was last heard of';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table idempotency_keys drop column claimed_at');
  }
}
