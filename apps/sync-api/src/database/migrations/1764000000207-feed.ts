import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What changed in users and departments, for programs that keep a copy of them: a row for each committed batch. */
export class Feed1764000000207 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table feed (
        id bigint generated always as identity,
        position bigint,
        at timestamptz not null default clock_timestamp(),
        data_type text not null check (data_type in ('user', 'department')),
        action text not null check (action in ('created', 'updated', 'disabled', 'deleted', 'restored', 'purged')),
        ids bigint[] not null,
        n integer not null,
        task_id bigint
      );
      -- Thousands of ids are compressed for longer than they are collected.
      alter table feed alter column ids set storage external;
      comment on column feed.id is 'in the order in which rows were written, which is not that of their commits';
      comment on column feed.position is 'given to a row once it is committed: whoever has read up to here has missed nothing';
      comment on column feed.ids is 'users or departments';
      comment on column feed.n is 'how many ids';
      comment on column feed.task_id is 'null: by hand, or by the service itself';
      create index feed_unplaced on feed (id) where position is null;
      create unique index feed_placed on feed (position) where position is not null;

      create table feed_trimmed (up_to bigint not null);
      comment on table feed_trimmed is 'one row: up to this position the feed is not kept any more';
      insert into feed_trimmed values (0);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table feed_trimmed;
      drop table feed;
    `);
  }
}
