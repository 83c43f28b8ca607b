import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was restored is not deleted once more for the same leaving, only because the policy went to a laxer one and back. */
export class RestoredVersion1764000000320 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table links add column restored_version integer;
      comment on column links.restored_version is
        'records.version, of a record that left, at which an admin or an undo brought its resource back';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table links drop column restored_version');
  }
}
