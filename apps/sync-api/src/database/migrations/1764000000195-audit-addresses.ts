import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit says from where. */
export class AuditAddresses1764000000195 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table audit add column address text;
      comment on column audit.address is 'IP address that the request came from; null: not a request';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table audit drop column address');
  }
}
