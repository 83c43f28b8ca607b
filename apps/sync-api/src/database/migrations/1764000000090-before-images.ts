import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was really there before a change, and how an undo leaves a link. */
export class BeforeImages1764000000090 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table changes
        add column written jsonb,
        add column link_state text;
      comment on column changes.written is
        'like diff, when applying found other values on the target than the record had: what an undo puts back';
      comment on column changes.link_state is 'a change of an undo: state of the link afterwards; null: as it is';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table changes drop column written, drop column link_state');
  }
}
