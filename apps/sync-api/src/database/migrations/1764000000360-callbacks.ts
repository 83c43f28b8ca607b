import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether live events arrive: whoever enters the callback address at a vendor wants to see that. */
export class Callbacks1764000000360 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table callbacks (
        source_id bigint primary key references sources on delete cascade,
        taken_at timestamptz,
        refused_at timestamptz,
        refused_reason text
      );
      comment on table callbacks is 'the last calls of vendors to the callback address of a source, to some seconds';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table callbacks');
  }
}
