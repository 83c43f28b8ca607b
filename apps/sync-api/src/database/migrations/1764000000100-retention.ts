import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds what is old enough to go, without reading what is not. */
export class Retention1764000000100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create index tasks_ended on tasks (finished_at, id)
        where status in ('succeeded', 'partially_succeeded', 'failed', 'cancelled');
      create index tasks_purges on tasks (id) where kind = 'purge';
      create index audit_by_time on audit (at, id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index audit_by_time, tasks_purges, tasks_ended');
  }
}
