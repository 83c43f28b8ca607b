import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The last task that brought a source up to date, and its latest reads, are found among any number of others. */
export class Reads1764000000290 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index tasks_succeeded;
      create index tasks_up_to_date on tasks (source_id, id)
        where kind in ('pull', 'push', 'snapshot') and not dry_run
          and status in ('succeeded', 'partially_succeeded') and read_failure is null;
      create index tasks_reads on tasks (source_id, mode, id) where kind = 'pull' and not dry_run;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index tasks_reads, tasks_up_to_date;
      create index tasks_succeeded on tasks (source_id, id) where status = 'succeeded';
    `);
  }
}
