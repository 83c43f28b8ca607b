import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * By which uid remote targets know a record: whoever is renamed has to be told to them. What they were told before this is the
 * record's uid, unless something says that it was renamed, or gave its uid up, after its last change there was planned.
 *
 * Who was taken from a user by hand was taken from these targets, too, and nothing was told of them any more: they stand there as
 * they were told last.
 */
export class RemoteLinks1764000000240 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table links add column told_uid text;
      comment on column links.told_uid is 'remote targets: the uid by which they were last told of the record';

      with renamed as (
        select r.id, r.uid, min(e.uid) as earlier
        from earlier_uids e
        join records r on r.source_id = e.source_id and r.data_type = e.data_type and r.uid = e.uid_now
        group by r.id, r.uid
        union all
        select id, uid, left(uid, -length('#' || id)) from records where gone is not null and uid like '%#' || id
      ), told_before as (
        select distinct on (l.target_id, l.record_id) l.target_id, l.record_id, n.earlier
        from renamed n
        join links l on l.record_id = n.id and l.payload is not null
        where not exists (
          select 1 from changes c
          where c.task_id = l.task_id and c.target_id = l.target_id and c.data_type = l.data_type
            and c.record_id = l.record_id and c.uid = n.uid
        )
      )
      update links l
      set told_uid = coalesce(
        (select b.earlier from told_before b where b.target_id = l.target_id and b.record_id = l.record_id), r.uid)
      from records r
      where r.id = l.record_id and l.payload is not null;

      update links l
      set state = case (
          select c.action from changes c
          where c.task_id = l.task_id and c.target_id = l.target_id and c.data_type = l.data_type and c.record_id = l.record_id
        ) when 'delete' then 'deleted' when 'disable' then 'disabled'
          else case when payload -> 'isDisabled' = 'true' then 'disabled' else 'active' end end,
        dirty = true
      where payload is not null and state = 'detached';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table links drop column told_uid');
  }
}
