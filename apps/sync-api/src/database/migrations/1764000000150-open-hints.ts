import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Some hints can be followed only when what was read with them stands. */
export class OpenHints1764000000150 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks add column hints_again boolean not null default false;
      comment on column tasks.hints_again is 'once its plan is applied, hints that were left open are read again';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table tasks drop column hints_again');
  }
}
