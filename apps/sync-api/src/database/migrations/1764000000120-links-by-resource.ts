import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The resource comes first: while it was the target, Postgres took this index for a lookup by target and record when it
 * knew nothing of the target yet, and read every link of the batch again for each row.
 */
export class LinksByResource1764000000120 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index links_by_resource;
      create index links_by_resource on links (resource_id, target_id, data_type);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index links_by_resource;
      create index links_by_resource on links (target_id, data_type, resource_id);
    `);
  }
}
