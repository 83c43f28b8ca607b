import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far a read is committed, so that it goes on where it was interrupted, and where the next incremental one begins. */
export class ResumableReads1764000000085 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks
        add column cursor text,
        add column cursor_staged bigint not null default 0,
        add column since text,
        add column next_cursor text,
        add column read_began_at timestamptz,
        add column read_at timestamptz;
      comment on column tasks.cursor is 'kind pull: cursor of the last committed page that had one; the read can go on after it';
      comment on column tasks.cursor_staged is 'staging rows up to that page; what was staged after it is read again';
      comment on column tasks.since is 'mode incremental: the cursor of the source when the read began';
      comment on column tasks.next_cursor is 'becomes the cursor of the source when the task is applied';
      comment on column tasks.read_began_at is 'kind pull: with its first page; what was set on the source later does not count for it';
      comment on column tasks.read_at is 'kind pull: the read is finished, its staging complete';

      alter table sources
        add column cursor text,
        add column cursor_task_id bigint;
      comment on column sources.cursor is 'where the next incremental read begins';
      comment on column sources.cursor_task_id is 'the task that brought it; an older one does not set it back';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table sources drop column cursor, drop column cursor_task_id;
      alter table tasks
        drop column cursor, drop column cursor_staged, drop column since, drop column next_cursor, drop column read_began_at,
        drop column read_at;
    `);
  }
}
