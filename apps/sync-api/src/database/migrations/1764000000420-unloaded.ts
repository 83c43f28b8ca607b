import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came while a target's adapter was not loaded is owed to it: nothing noted that. */
export class Unloaded1764000000420 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table targets add column unloaded boolean not null default false;
      comment on column targets.unloaded is 'a process started without its adapter, since it was last brought all that it lacks';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table targets drop column unloaded');
  }
}
