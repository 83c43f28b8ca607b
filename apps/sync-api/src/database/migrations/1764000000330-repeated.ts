import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A read in which uids come again with other values may have the wrong field for its uids: it says so. */
export class Repeated1764000000330 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks add column repeated integer not null default 0;
      comment on column tasks.repeated is 'uids that came more than once with different values; the last one counts';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table tasks drop column repeated');
  }
}
