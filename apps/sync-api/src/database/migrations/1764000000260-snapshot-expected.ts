import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A commit that comes again is held against the numbers of the first one. */
export class SnapshotExpected1764000000260 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table snapshots add column expected jsonb;
      comment on column snapshots.expected is 'data type: distinct uids that it was committed with';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table snapshots drop column expected');
  }
}
