import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Snapshots: complete reads that arrive in many requests, and who was pushed while one was under way. */
export class Snapshots1764000000105 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table snapshots (
        id bigint generated always as identity primary key,
        source_id bigint not null references sources,
        data_types text[] not null,
        match_key text,
        api_key_id bigint,
        task_id bigint,
        notes_pushes boolean not null default true,
        created_at timestamptz not null default clock_timestamp(),
        expires_at timestamptz not null
      );
      comment on table snapshots is 'its rows are in the relation snapshot_<id>';
      comment on column snapshots.task_id is 'null: open; else committed as this task';
      comment on column snapshots.notes_pushes is 'pushes note their uids in snapshot_pushes, until its plan is released';
      create index snapshots_noting on snapshots (source_id) where notes_pushes;
      create unique index snapshots_by_task on snapshots (task_id);

      create table snapshot_pushes (
        snapshot_id bigint not null references snapshots on delete cascade,
        data_type text not null,
        uid text not null,
        valid boolean not null,
        primary key (snapshot_id, data_type, uid)
      );
      comment on column snapshot_pushes.valid is 'false: what was pushed was invalid, so it says only that the record is there';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$ declare relation text; begin
        for relation in select relname from pg_class
          where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname ~ '^snapshot_[0-9]+$'
        loop execute format('drop table %I', relation); end loop;
      end $$;
      drop table snapshot_pushes, snapshots;
    `);
  }
}
