import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened to one person: their records' changes, whichever task they came with. */
export class ChangesByRecord1764000000180 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('create index changes_by_record on changes (record_id, task_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index changes_by_record');
  }
}
