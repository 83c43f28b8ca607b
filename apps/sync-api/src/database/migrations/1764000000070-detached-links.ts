import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A record that was taken from a resource keeps its link, so that it is never matched with that resource again. */
export class DetachedLinks1764000000070 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table links
        drop constraint links_state_check,
        add constraint links_state_check check (state in ('active', 'disabled', 'deleted', 'detached'));
      comment on column links.state is
        'of the resource; detached: the record was taken from it by hand or by an undo, and stands for nothing';

      create or replace view resolved_references as
        select r.source_id, r.data_type, r.uid, l.resource_id, l.state
        from records r
        join targets t on t.name = case r.data_type when 'user' then 'users' else 'departments' end
        join links l on l.target_id = t.id and l.record_id = r.id and l.state <> 'detached';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create or replace view resolved_references as
        select r.source_id, r.data_type, r.uid, l.resource_id, l.state
        from records r
        join targets t on t.name = case r.data_type when 'user' then 'users' else 'departments' end
        join links l on l.target_id = t.id and l.record_id = r.id;
      delete from links where state = 'detached';
      alter table links
        drop constraint links_state_check,
        add constraint links_state_check check (state in ('active', 'disabled', 'deleted'));
    `);
  }
}
