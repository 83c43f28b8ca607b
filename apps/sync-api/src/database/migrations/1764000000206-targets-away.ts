import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Somebody is told when a backfill has waited for its target for a while. */
export class TargetsAway1764000000206 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table alerts drop constraint alerts_kind_check;
      alter table alerts add constraint alerts_kind_check
        check (kind in ('held', 'failed', 'target_away', 'slowed_down', 'overdue'));
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      delete from alerts where kind = 'target_away';
      alter table alerts drop constraint alerts_kind_check;
      alter table alerts add constraint alerts_kind_check check (kind in ('held', 'failed', 'slowed_down', 'overdue'));
    `);
  }
}
