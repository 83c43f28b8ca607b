import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Several targets are written side by side, so how far a plan is committed is told for each of them. */
export class AppliedPositions1764000000125 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks rename column applied_position to applied_positions;
      update tasks set applied_positions = jsonb_build_object(
        (applied_positions ->> 'target') || '/' || (applied_positions ->> 'dataType'), applied_positions -> 'recordId'
      )
      where applied_positions is not null;
      comment on column tasks.applied_positions is
        '{"target/dataType": recordId}: every change up to that of this record is committed';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      update tasks set applied_positions = null where finished_at is not null;
      update tasks t set applied_positions = (
        select jsonb_build_object(
          'target', split_part(p.key, '/', 1), 'dataType', split_part(p.key, '/', 2), 'recordId', p.value
        )
        from jsonb_each(t.applied_positions) p limit 1
      )
      where applied_positions is not null;
      alter table tasks rename column applied_positions to applied_position;
      comment on column tasks.applied_position is '{target, dataType, recordId}: everything up to here is committed';
    `);
  }
}
