import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The key comes first, as the resource does in `links_by_resource`, and for the same reason. */
export class LinksByResourceKey1764000000135 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index links_by_resource_key;
      create index links_by_resource_key on links (resource_key, target_id, data_type) where resource_key is not null;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index links_by_resource_key;
      create index links_by_resource_key on links (target_id, data_type, resource_key) where resource_key is not null;
    `);
  }
}
