import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ofUnfinishedTasks } from './1764000000091-links-by-hand';

/** What was sent and never applied is marked when the source tells the same later: tried again, it is not the last word. */
export class Superseded1764000000170 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table staging add column superseded_by bigint;
      ${ofUnfinishedTasks('add column superseded_by bigint')}
      comment on column staging.superseded_by is 'pushes and events that were never released: the later task that told how this record stands';
      comment on column staging.cleared is 'null: nothing that a source said, but a record as it stands';
      comment on column staging.code is 'the record is invalid: it is seen, and fails; stale: it was superseded, and is not even seen';
      drop index staging_by_task;
      create index staging_by_task on staging (task_id, uid);
      create index tasks_unreleased on tasks (source_id) where released_at is null and status in ('held', 'cancelled', 'failed');
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index tasks_unreleased;
      drop index staging_by_task;
      create index staging_by_task on staging (task_id);
      alter table staging drop column superseded_by;
      ${ofUnfinishedTasks('drop column superseded_by')}
    `);
  }
}
