import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Several sources may state one resource: which links share theirs, and when a record last changed a field. */
export class SeveralSources1764000000115 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table links add column shared boolean not null default false;
      comment on column links.shared is 'other records stand, or stood, for the same resource: fields are settled by priority';
      update links l set shared = true
      from (
        select target_id, data_type, resource_id from links where state <> 'detached' group by 1, 2, 3 having count(*) > 1
      ) s
      where s.target_id = l.target_id and s.data_type = l.data_type and s.resource_id = l.resource_id
        and l.target_id = (select id from targets where name = l.data_type || 's');
      create index links_shared on links (record_id) where shared;
      create index links_unsettled on links (record_id) where shared and dirty;

      create table field_changes (
        record_id bigint not null,
        field text not null,
        task_id bigint not null,
        changed_at timestamptz not null default clock_timestamp(),
        primary key (record_id, field)
      );
      comment on table field_changes is
        'when a record last changed what it says about a field; only records whose resource is shared, absent: before it was';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table field_changes;
      drop index links_unsettled, links_shared;
      alter table links drop column shared;
    `);
  }
}
