import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A task that ends each of its workers must not go from one to the next for ever. */
export class WorkersLost1764000000245 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks add column workers_lost integer not null default 0;
      comment on column tasks.workers_lost is 'how many workers fell silent in this attempt';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table tasks drop column workers_lost');
  }
}
