import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a read left open is true once its plan is applied, and not before: until then it stands beside the task. */
export class HintsLeftOpen1764000000215 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table open_hints (
        task_id bigint not null references tasks on delete cascade,
        position integer not null,
        key text not null,
        data jsonb not null,
        primary key (task_id, position)
      );
      comment on table open_hints is 'hints that a read left open, until its plan is released: then they are among the others';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table open_hints');
  }
}
