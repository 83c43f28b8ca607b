import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an undo has to know of a change beside its before-image, and which task undoes which. */
export class Undo1764000000072 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table changes
        add column state text,
        add column earlier_task_id bigint;
      comment on column changes.state is 'disable, delete, restore and what an undo does: state of the link before';
      comment on column changes.earlier_task_id is
        'the task that the link named before; on a change of an undo: the task whose state it brings back';

      alter table tasks add column undoes bigint;
      comment on column tasks.undoes is 'kind undo: the task that it takes back';
      create index tasks_by_undone on tasks (undoes) where undoes is not null;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index tasks_by_undone;
      alter table tasks drop column undoes;
      alter table changes drop column state, drop column earlier_task_id;
    `);
  }
}
