import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What hands changed of users, value by value: the audit holds nobody's data, and is kept longer than that may be. */
export class HandEdits1764000000350 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table hand_edits (
        audit_id bigint primary key references audit on delete cascade,
        at timestamptz not null default clock_timestamp(),
        diff jsonb not null
      );
      comment on column hand_edits.diff is '[{field, before, after}], as in changes; a manager by name';
      create index hand_edits_by_age on hand_edits (at);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table hand_edits');
  }
}
