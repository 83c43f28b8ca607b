import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was rejected for a target elsewhere is held again there, and nowhere else. */
export class RejectedThere1764000000390 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table rejected_removals add column target_id smallint not null default 0;
      comment on column rejected_removals.target_id is 'whose backfill was rejected; 0: a plan of what the source stated';
      alter table rejected_removals drop constraint rejected_removals_pkey, add primary key (source_id, record_id, field, target_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      delete from rejected_removals where target_id <> 0;
      alter table rejected_removals drop constraint rejected_removals_pkey, add primary key (source_id, record_id, field);
      alter table rejected_removals drop column target_id;
    `);
  }
}
