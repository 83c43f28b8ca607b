import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a task does although it could not do all that it wanted is a task of its own, which can be undone. */
export class PartOf1764000000410 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks add column part_of bigint;
      comment on column tasks.part_of is 'kind event: the task whose records were refused, of which this one disables those who were to be disabled';
      create index tasks_parts on tasks (part_of) where part_of is not null;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index tasks_parts; alter table tasks drop column part_of');
  }
}
