import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A held plan is applied as it was made; who left with it may be due for more since. */
export class PlannedPolicies1764000000145 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks add column policies jsonb;
      comment on column tasks.policies is 'held plans: the policies of the source that the plan was made under';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table tasks drop column policies');
  }
}
