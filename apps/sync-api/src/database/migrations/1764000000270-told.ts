import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Somebody who was told of a state is not told of it again while it lasts, except after a day. */
export class Told1764000000270 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table told (
        source_id bigint not null,
        kind text not null,
        reason text not null,
        told_at timestamptz not null default clock_timestamp(),
        primary key (source_id, kind, reason)
      );
      comment on table told is 'when an alert about a source was last made: one for each kind and reason';
      comment on column told.source_id is '0: of a task that has no source';

      alter table sources add column overdue_told_at timestamptz;
      update sources set overdue_told_at = now() where overdue_told;
      alter table sources drop column overdue_told;
      comment on column sources.overdue_told_at is 'when somebody was told that it is overdue; null: since its last success nobody was';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table told;
      alter table sources add column overdue_told boolean not null default false;
      update sources set overdue_told = true where overdue_told_at is not null;
      alter table sources drop column overdue_told_at;
      comment on column sources.overdue_told is 'somebody was told that it is overdue';
    `);
  }
}
