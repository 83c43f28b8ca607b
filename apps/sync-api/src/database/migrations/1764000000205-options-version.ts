import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For which version of an adapter's options those of a source or target were stored. */
export class OptionsVersion1764000000205 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table sources add column options_version integer not null default 1;
      alter table targets add column options_version integer not null default 1;
      comment on column sources.options_version is 'optionsVersion of the adapter for which options and secrets were stored';
      comment on column targets.options_version is 'optionsVersion of the adapter for which options and secrets were stored';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table sources drop column options_version;
      alter table targets drop column options_version;
    `);
  }
}
