import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reads that have not been planned yet stand in relations made like `staging`. */
export const ofUnfinishedTasks = (change: string): string => `
      do $$ declare staged regclass; begin
        for staged in
          select oid from pg_class
          where relkind = 'r' and relnamespace = current_schema()::regnamespace and relname ~ '^(staging|snapshot)_[0-9]+$'
        loop execute format('alter table %s ${change}', staged); end loop;
      end $$;`;

/** A record that an admin links to a resource of their choice. */
export class LinksByHand1764000000091 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table staging add column link_to bigint;
      ${ofUnfinishedTasks('add column link_to bigint')}
      comment on column staging.link_to is 'linked by hand: the resource that the record takes, whatever it says';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table staging drop column link_to;
      ${ofUnfinishedTasks('drop column link_to')}
    `);
  }
}
