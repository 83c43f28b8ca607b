import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a source is read next, how it fares, and what has to be told to somebody. */
export class SchedulesAndAlerts1764000000086 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table sources
        add column next_run_at timestamptz,
        add column next_incremental_at timestamptz,
        add column failures integer not null default 0,
        add column overdue_at timestamptz,
        add column overdue_told boolean not null default false;
      comment on column sources.next_run_at is 'when the schedule makes the next full task; null: it was not computed yet';
      comment on column sources.failures is 'pulls that failed in a row';
      comment on column sources.overdue_at is 'without a success until then it is overdue';
      comment on column sources.overdue_told is 'somebody was told that it is overdue';

      create table alerts (
        id bigint generated always as identity primary key,
        kind text not null check (kind in ('held', 'failed', 'slowed_down', 'overdue')),
        source_id bigint,
        task jsonb,
        created_at timestamptz not null default clock_timestamp(),
        attempts integer not null default 0,
        next_attempt_at timestamptz not null default clock_timestamp()
      );
      comment on column alerts.task is 'what is told of it, as it stood then';
      comment on table alerts is 'to be sent to the webhook; a row goes when it was delivered, or given up';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table alerts;
      alter table sources
        drop column next_run_at, drop column next_incremental_at, drop column failures, drop column overdue_at,
        drop column overdue_told;
    `);
  }
}
