import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What gives up a uid at a remote target is told before what takes it. The index holds nothing but changes that are about that. */
export class Turns1764000000255 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table changes add column turn integer;
      comment on column changes.turn is
        'remote targets: 0: known there by another uid; n: gets a uid that is free once all of a lower turn was told; null: neither';
      create index changes_in_turn on changes (task_id, target_id, data_type, turn, record_id) where turn is not null;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table changes drop column turn');
  }
}
