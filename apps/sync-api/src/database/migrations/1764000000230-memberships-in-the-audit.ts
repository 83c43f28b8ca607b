import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What hands did to the memberships of one user. */
export class MembershipsInTheAudit1764000000230 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create index audit_by_member on audit (split_part(subject, '/', 2))
        where action in ('membership.put', 'membership.delete');
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index audit_by_member');
  }
}
