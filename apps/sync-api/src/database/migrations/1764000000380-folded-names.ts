import { RollcallError } from '@rollcall/core';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Names are found without their accents: Helene finds Hélène. `unaccent` itself depends on the search path, which an index may not; its
 * dictionary is named here once for all.
 */
export class FoldedNames1764000000380 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    try {
      await queryRunner.query('create extension if not exists unaccent');
    } catch (error) {
      throw new RollcallError(
        'configuration',
        'The Postgres extension unaccent is missing and may not be created by this user. ' +
          'Run "create extension unaccent" in the database as its owner, and start again.',
        { cause: error },
      );
    }
    await queryRunner.query(`
      create function folded(name text) returns text immutable strict parallel safe return unaccent('unaccent', name);
      comment on function folded is 'a name as it is looked for: without accents';
      create function folded_pattern(name text) returns text immutable strict parallel safe
        return regexp_replace(folded(name), '[\\\\%_]', '\\\\\\&', 'g');
      comment on function folded_pattern is 'the like pattern of the same: what would be a wildcard stands for itself';
      drop index users_nickname_trigrams, departments_title_trigrams;
      create index users_nickname_trigrams on users using gin (folded(nickname) gin_trgm_ops);
      create index departments_title_trigrams on departments using gin (folded(title) gin_trgm_ops);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index users_nickname_trigrams, departments_title_trigrams;
      create index users_nickname_trigrams on users using gin (nickname gin_trgm_ops);
      create index departments_title_trigrams on departments using gin (title gin_trgm_ops);
      drop function folded_pattern, folded;
      drop extension unaccent;
    `);
  }
}
