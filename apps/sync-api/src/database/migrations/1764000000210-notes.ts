import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a task's message says, sentence by sentence as codes and values: the message says it in English only. */
export class Notes1764000000210 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks add column notes jsonb;
      comment on column tasks.notes is 'the sentences of the message: [{code, values, said}]; null in tasks from before they were kept';
      update tasks
      set read_failure = jsonb_build_object(
        'code', read_failure ->> 'code',
        'notes', jsonb_build_array(jsonb_build_object('code', 'said', 'values', '{}'::jsonb, 'said', read_failure ->> 'message'))
      )
      where read_failure is not null;
      comment on column tasks.read_failure is '{code, notes}: why the read was cut short; what it had brought is applied';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      update tasks
      set read_failure = jsonb_build_object('code', read_failure ->> 'code', 'message', coalesce(message, read_failure -> 'notes' -> 0 ->> 'said', ''))
      where read_failure is not null;
      comment on column tasks.read_failure is '{code, message}: why the read was cut short; what it had brought is applied';
      alter table tasks drop column notes;
    `);
  }
}
