import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deleted sources keep their row: their tasks name it, and a new source of the same name and type takes it back. */
export class SourceDeletion1764000000051 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table sources
        add column deleted_at timestamptz,
        add column forgotten_at timestamptz,
        drop constraint sources_name_key;
      comment on column sources.deleted_at is 'its records and links are kept for 30 days';
      comment on column sources.forgotten_at is 'its records and links were removed';
      create unique index sources_by_name on sources (name) where deleted_at is null;

      create index tasks_succeeded on tasks (source_id, id) where status = 'succeeded';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index tasks_succeeded, sources_by_name;
      alter table sources
        drop column deleted_at,
        drop column forgotten_at,
        add constraint sources_name_key unique (name);
    `);
  }
}
