import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A target that does not answer is shown as such, with since when. */
export class AwaySince1764000000295 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks add column away_since timestamptz;
      comment on column tasks.away_since is 'of a backfill: since when its target does not answer; null: it did, or was not asked yet';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table tasks drop column away_since');
  }
}
