import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An undo of an undo brings back, and the undo of that takes away again: how deep an undo is, and of whose changes in the end. */
export class UndoDepth1764000000400 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks add column undo_root bigint, add column undo_depth int;
      comment on column tasks.undo_root is 'kind undo: the task whose changes go, or come back where an undo is undone';
      comment on column tasks.undo_depth is 'kind undo: 1 of a task that is none, 2 of an undo of that, and so on';
      with recursive undone as (
        select id, undoes as root, 1 as depth from tasks where undoes is not null
        union all
        select u.id, t.undoes, u.depth + 1 from undone u join tasks t on t.id = u.root where t.undoes is not null
      )
      update tasks t set undo_root = u.root, undo_depth = u.depth
      from (select distinct on (id) id, root, depth from undone order by id, depth desc) u
      where t.id = u.id;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table tasks drop column undo_root, drop column undo_depth');
  }
}
