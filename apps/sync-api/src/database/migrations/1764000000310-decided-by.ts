import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who reads a task learns from it who let its plan through, without the audit log that only admins see. */
export class DecidedBy1764000000310 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks add column decided_by text;
      comment on column tasks.decided_by is 'name at that time of the account or key that approved or rejected the plan';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table tasks drop column decided_by');
  }
}
