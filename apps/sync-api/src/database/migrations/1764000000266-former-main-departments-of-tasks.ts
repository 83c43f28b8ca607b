import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the departments' target notes for an undo goes with the task that could be undone. */
export class FormerMainDepartmentsOfTasks1764000000266 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table former_main_departments add constraint former_main_departments_task
        foreign key (task_id) references tasks on delete cascade
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table former_main_departments drop constraint former_main_departments_task');
  }
}
