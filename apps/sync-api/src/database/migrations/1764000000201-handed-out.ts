import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a remote target was handed and has not answered for: it may have done it. And on which version of its record a change
 * of a backfill was planned: others may write records while it runs.
 */
export class HandedOut1764000000201 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table handed_out (
        target_id smallint not null,
        record_id bigint not null,
        task_id bigint not null,
        action text not null,
        version integer not null,
        again boolean not null default false,
        primary key (target_id, record_id)
      );
      comment on table handed_out is
        'changes that a remote target was handed and whose outcome is not stored: it may have applied them, or not';
      comment on column handed_out.task_id is 'that handed it out last';
      comment on column handed_out.version is 'records.version that was handed out last';
      comment on column handed_out.again is 'an earlier one for the record had no outcome either: a refusal of this one settles nothing';

      alter table changes add column version integer;
      comment on column changes.version is 'backfills: records.version that it was planned on; null: whatever the record says';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table changes drop column version;
      drop table handed_out;
    `);
  }
}
