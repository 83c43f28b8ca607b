import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long a task ran is counted apart from how long it waited: for its turn, for another attempt, for a decision. */
export class RunsSince1764000000280 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks add column runs_since timestamptz;
      comment on column tasks.runs_since is 'when it was last taken by a worker; null: since started_at, if ever';
      comment on column tasks.cost_ms is 'milliseconds that it has run, without what it waited in between';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks drop column runs_since;
      comment on column tasks.cost_ms is null;
    `);
  }
}
