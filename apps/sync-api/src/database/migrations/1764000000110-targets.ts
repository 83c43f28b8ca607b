import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Targets that an admin adds: their secrets, limits and sources, what a remote one was last told, and the tasks that bring
 * it what it lacks. Those have a lane of their own beside the source's other tasks, so that a push never waits for them.
 */
export class Targets1764000000110 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table targets
        add column secrets jsonb not null default '{}',
        add column sources integer[],
        add column limits jsonb not null default '{}',
        add column deleted_at timestamptz,
        drop constraint targets_name_key;
      comment on column targets.secrets is 'option name -> encrypted value';
      comment on column targets.sources is 'only records of these go there; null: of all';
      comment on column targets.deleted_at is 'its row stays: changes of its tasks name it';
      create unique index targets_by_name on targets (name) where deleted_at is null;

      create table target_reviews (
        target_id smallint not null references targets,
        source_id bigint not null references sources,
        task_id bigint not null,
        primary key (target_id, source_id)
      );
      comment on table target_reviews is
        'a target that was switched on gets nothing of this source before the first plan was released';
      comment on column target_reviews.task_id is 'the backfill whose plan it is';

      alter table links
        add column resource_key text,
        add column payload jsonb;
      comment on column links.resource_key is 'remote targets: what they call the resource';
      comment on column links.payload is 'remote targets: what they last got';
      create index links_by_resource_key on links (target_id, data_type, resource_key) where resource_key is not null;

      alter table tasks add column target_id smallint references targets;
      comment on column tasks.target_id is 'kind backfill: the target that gets what it lacks';
      drop index tasks_one_running_per_source;
      create unique index tasks_one_running_per_source on tasks (source_id) where status = 'running' and kind <> 'backfill';
      create unique index tasks_collecting on tasks (source_id, target_id)
        where kind = 'backfill' and mode = 'incremental' and status = 'queued' and started_at is null;
      create index tasks_by_target on tasks (target_id, id) where target_id is not null;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index tasks_by_target, tasks_collecting, tasks_one_running_per_source;
      create unique index tasks_one_running_per_source on tasks (source_id) where status = 'running';
      alter table tasks drop column target_id;
      drop index links_by_resource_key;
      delete from links where payload is not null;
      alter table links drop column resource_key, drop column payload;
      drop table target_reviews;
      delete from targets where deleted_at is not null or name not in ('users', 'departments');
      drop index targets_by_name;
      alter table targets
        drop column secrets, drop column sources, drop column limits, drop column deleted_at,
        add constraint targets_name_key unique (name);
    `);
  }
}
