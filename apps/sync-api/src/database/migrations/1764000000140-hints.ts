import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What vendors said may have changed, until a task has read it again. */
export class Hints1764000000140 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create sequence hints_id_seq;
      create table hints (
        id bigint not null default nextval('hints_id_seq'),
        source_id bigint not null references sources on delete cascade,
        key text not null,
        data jsonb not null,
        received_at timestamptz not null default now(),
        primary key (source_id, key)
      );
      create unique index hints_in_order on hints (source_id, id);
      comment on column hints.id is 'in the order in which they came; one that comes again goes to the end';

      alter table tasks add column hints_to bigint;
      comment on column tasks.hints_to is
        'the last hint that it has read again; 0: it is to read those that there are; null: it reads none';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table tasks drop column hints_to;
      drop table hints;
      drop sequence hints_id_seq;
    `);
  }
}
