import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a failed push is the first within an hour is asked of each. */
export class FailedPushes1764000000172 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `create index tasks_failed_pushes on tasks (source_id, finished_at) where kind = 'push' and status = 'failed'`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index tasks_failed_pushes');
  }
}
