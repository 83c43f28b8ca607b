import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the guard remembers: tasks that took something away, what an admin approved, and removals that one rejected. */
export class Guard1764000000095 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks
        add column removes boolean not null default false,
        add column approved_at timestamptz,
        add column read_failure jsonb;
      comment on column tasks.removes is 'its plan takes something away: counts against the limits of the next hour';
      comment on column tasks.approved_at is 'an admin saw the plan and released it';
      comment on column tasks.read_failure is '{code, message}: why the read was cut short; what it had brought is applied';
      create index tasks_removing on tasks (source_id, finished_at) where removes;
      create index tasks_held on tasks (source_id) where status = 'held';

      create table rejected_removals (
        source_id bigint not null,
        record_id bigint not null,
        field text not null,
        task_id bigint not null,
        primary key (source_id, record_id, field)
      );
      comment on table rejected_removals is 'held again when they come again, until the source states the record or field anew';
      comment on column rejected_removals.field is 'loses its value, or some of its departments; empty: the record leaves';
      comment on column rejected_removals.task_id is 'whose plan was rejected';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table rejected_removals;
      drop index tasks_removing, tasks_held;
      alter table tasks drop column removes, drop column approved_at, drop column read_failure;
    `);
  }
}
