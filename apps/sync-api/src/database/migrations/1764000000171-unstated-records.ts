import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A uid that an admin links before its source has said anything of it is no statement, so it cannot be missing either. */
export class UnstatedRecords1764000000171 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table records
        drop constraint records_gone_check,
        add constraint records_gone_check check (gone in ('deleted', 'missing', 'unstated'));
      comment on column records.gone is
        'null: the source states it; deleted, missing: it did; unstated: linked by hand before the source said anything of it';
      comment on column changes.resource_id is
        'a match: the resource that a first link takes; of a link by hand that was refused: the one that was chosen';
      update records set gone = 'unstated' where seen_hash = md5('')::uuid and gone is null;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      update records set gone = null where gone = 'unstated';
      alter table records
        drop constraint records_gone_check,
        add constraint records_gone_check check (gone in ('deleted', 'missing'));
    `);
  }
}
