import { RollcallError } from '@rollcall/core';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Indexes that only readers of the directory need. Every first load pays for them, so there are few: prefixes of
 * username, e-mail, phone and uid are found with the unique indexes that are there anyway.
 */
export class Directory1764000000060 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    try {
      await queryRunner.query('create extension if not exists pg_trgm');
    } catch (error) {
      throw new RollcallError(
        'configuration',
        'The Postgres extension pg_trgm is missing and may not be created by this user. ' +
          'Run "create extension pg_trgm" in the database as its owner, and start again.',
        { cause: error },
      );
    }
    await queryRunner.query(`
      create index users_nickname_trigrams on users using gin (nickname gin_trgm_ops);
      create index users_disabled on users (id) where status = 'disabled' and deleted_at is null;
      create index users_deleted on users (id) where deleted_at is not null;
      create index memberships_owners on memberships (department_id) where is_owner;
      create index departments_title_trigrams on departments using gin (title gin_trgm_ops);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'drop index users_nickname_trigrams, users_disabled, users_deleted, memberships_owners, departments_title_trigrams',
    );
  }
}
