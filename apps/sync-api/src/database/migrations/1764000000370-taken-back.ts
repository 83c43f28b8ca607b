import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An undo leaves records alone, so what targets elsewhere get of them from then on is kept beside them. */
export class TakenBack1764000000370 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table taken_back (
        record_id bigint primary key,
        version integer not null,
        gone text check (gone in ('deleted', 'missing', 'unstated', 'undone')),
        payload jsonb not null,
        task_id bigint not null,
        taken_back_at timestamptz not null default clock_timestamp()
      );
      comment on table taken_back is
        'what an undo put back of a record: targets elsewhere get this until the record says something new';
      comment on column taken_back.version is 'records.version that was taken back: with another one this counts no more';
      comment on column taken_back.gone is 'as records.gone; undone: what the record made is taken away, whatever the policies say';
      comment on column taken_back.task_id is 'the undo';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table taken_back');
  }
}
