import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which department was somebody's main one before a task that made it another: the lists do not say. */
export class FormerMainDepartments1764000000265 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table former_main_departments (
        task_id bigint not null,
        user_id bigint not null,
        department_id bigint not null,
        primary key (task_id, user_id)
      );
      comment on table former_main_departments is 'the main department before the task, for its undo';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table former_main_departments');
  }
}
