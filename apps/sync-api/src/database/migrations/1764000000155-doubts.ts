import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What speaks against a held plan, as numbers and names: the message says it in English only. */
export class Doubts1764000000155 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks add column doubts jsonb;
      comment on column tasks.doubts is 'held plans: what spoke against applying them at once';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table tasks drop column doubts');
  }
}
