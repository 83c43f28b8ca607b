import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ofUnfinishedTasks } from './1764000000091-links-by-hand';

/** How a read says that a record has another uid from now on, and the uids that were given up that way. */
export class Renames1764000000130 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table staging add column renamed_to text;
      ${ofUnfinishedTasks('add column renamed_to text')}
      comment on column staging.renamed_to is 'the uid that the record has from now on; uid is the one that it had';
      alter table tasks add column renames boolean not null default false;
      comment on column tasks.renames is 'kind pull: what was read renames records';

      create table earlier_uids (
        source_id bigint not null,
        data_type text not null,
        uid text not null,
        uid_now text not null,
        primary key (source_id, data_type, uid)
      );
      comment on table earlier_uids is 'references by a uid that was renamed: they keep resolving until somebody else has it';
      create index earlier_uids_by_uid_now on earlier_uids (source_id, data_type, uid_now);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table earlier_uids;
      alter table tasks drop column renames;
      alter table staging drop column renamed_to;
      ${ofUnfinishedTasks('drop column renamed_to')}
    `);
  }
}
