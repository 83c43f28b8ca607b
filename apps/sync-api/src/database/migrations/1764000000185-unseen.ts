import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ofUnfinishedTasks } from './1764000000091-links-by-hand';

/** What a source says that it cannot see of a record. */
export class Unseen1764000000185 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table staging add column unseen text[];
      ${ofUnfinishedTasks('add column unseen text[]')}
      comment on column staging.unseen is 'until it is planned: life (whether it left), flags (of departments), others (departments)';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table staging drop column unseen;
      ${ofUnfinishedTasks('drop column unseen')}
    `);
  }
}
