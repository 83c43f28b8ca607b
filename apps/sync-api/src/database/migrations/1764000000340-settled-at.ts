import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A task that is tried again ends later, but what it had applied before was applied then. */
export class SettledAt1764000000340 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table changes add column settled_at timestamptz;
      comment on column changes.settled_at is 'when the attempt ended that applied it, where the task was tried again since';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table changes drop column settled_at');
  }
}
