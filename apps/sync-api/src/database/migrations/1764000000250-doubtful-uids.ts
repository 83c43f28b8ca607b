import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Before targets elsewhere were told of new uids nobody noted by which one they know a record, and what gave a uid up is forgotten
 * once somebody else has it: of people who had exchanged theirs it looked as if nothing had happened. So whoever was called otherwise
 * at any time that can still be seen is told once what they are called, by the next task that looks at them all. What can be seen:
 * earlier changes of theirs name another uid, their uid has a history, or they gave it up as leavers.
 *
 * It costs one pass over changes and records, and marks nobody else.
 */
export class DoubtfulUids1764000000250 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      comment on column links.told_uid is
        'remote targets: the uid by which they were last told of the record; empty: nobody knows, so they are told once';

      with called_otherwise as (
        select r.id from changes c join records r on r.id = c.record_id where c.uid <> r.uid
        union
        select r.id
        from earlier_uids e
        cross join lateral unnest(array[e.uid, e.uid_now]) history (uid)
        join records r on r.source_id = e.source_id and r.data_type = e.data_type and r.uid = history.uid
        union
        select id from records where gone is not null and uid like '%#' || id
      )
      update links l
      set told_uid = ''
      from called_otherwise o
      where l.record_id = o.id and l.told_uid is not null and l.state not in ('deleted', 'detached');
    `);
  }

  /** They are taken to have been told, as before. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      update links l set told_uid = r.uid from records r where r.id = l.record_id and l.told_uid = '';
      comment on column links.told_uid is 'remote targets: the uid by which they were last told of the record';
    `);
  }
}
