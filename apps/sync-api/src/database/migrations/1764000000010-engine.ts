import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sources, targets, tasks, and the engine's own tables: staging, records, links, changes, waiting references. */
export class Engine1764000000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table sources (
        id bigint generated always as identity primary key,
        name text not null unique,
        display_name text not null,
        type text not null,
        enabled boolean not null default true,
        options jsonb not null default '{}',
        secrets jsonb not null default '{}',
        schedule jsonb,
        match_key text[] not null default '{}',
        priority integer not null default 100,
        policies jsonb not null default '{}',
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      );
      comment on column sources.secrets is 'option name -> encrypted value';
      insert into sources (name, display_name, type, match_key)
        values ('api', 'HTTP API', 'push', '{username,email,phone}');

      create table targets (
        id smallint generated always as identity primary key,
        name text not null unique,
        type text not null,
        enabled boolean not null default true,
        options jsonb not null default '{}',
        created_at timestamptz not null default now()
      );
      insert into targets (name, type) values ('users', 'users'), ('departments', 'departments');

      create table tasks (
        id bigint generated always as identity primary key,
        source_id bigint references sources,
        kind text not null check (kind in ('pull', 'push', 'event', 'snapshot', 'undo', 'backfill', 'purge')),
        mode text not null default 'full' check (mode in ('full', 'incremental')),
        dry_run boolean not null default false,
        status text not null check (status in
          ('queued', 'running', 'held', 'succeeded', 'partially_succeeded', 'failed', 'cancelled')),
        held_reason text check (held_reason in ('limits', 'empty', 'preview', 'new_target')),
        step text check (step in ('read', 'stage', 'plan', 'guard', 'apply', 'report')),
        done bigint not null default 0,
        total bigint,
        counts jsonb not null default '{}',
        message text,
        error_code text,
        cost_ms bigint,
        attempts integer not null default 0,
        next_attempt_at timestamptz,
        match_key text,
        complete jsonb not null default '{}',
        staging text not null default 'staging',
        staged bigint not null default 0,
        read jsonb not null default '{}',
        planned_at timestamptz,
        released_at timestamptz,
        applied_position jsonb,
        cancel_requested boolean not null default false,
        claims integer not null default 0,
        lease_owner text,
        lease_until timestamptz,
        request_id text,
        api_key_id bigint,
        created_at timestamptz not null default clock_timestamp(),
        started_at timestamptz,
        finished_at timestamptz
      );
      comment on column tasks.claims is 'how often a worker took it; part of the job id';
      comment on column tasks.complete is 'data type -> true, or {complete: false, reason}';
      comment on column tasks.staging is 'the relation that holds what the task read';
      comment on column tasks.staged is 'committed staging rows; a plan on another number is refused';
      comment on column tasks.read is 'data type -> distinct records that were read';
      comment on column tasks.released_at is 'the plan passed the guard and records were promoted';
      comment on column tasks.applied_position is '{target, dataType, recordId}: everything up to here is committed';
      create unique index tasks_one_running_per_source on tasks (source_id) where status = 'running';
      create index tasks_open on tasks (source_id, id) where status in ('queued', 'running');
      create index tasks_by_source on tasks (source_id, id);

      create sequence records_id_seq cache 100;
      create table records (
        id bigint primary key default nextval('records_id_seq'),
        source_id bigint not null,
        data_type text not null check (data_type in ('user', 'department')),
        uid text not null,
        payload jsonb not null,
        seen_hash uuid not null,
        hash uuid not null,
        version integer not null default 1,
        gone text check (gone in ('deleted', 'missing')),
        task_id bigint not null
      ) with (fillfactor = 85);
      alter sequence records_id_seq owned by records.id;
      comment on column records.payload is 'desired: everything the source has said, laid over each other';
      comment on column records.seen_hash is 'hash of the record as it last arrived';
      comment on column records.hash is 'hash of payload, canonical';
      create unique index records_by_uid on records (source_id, data_type, uid text_pattern_ops);

      create table links (
        target_id smallint not null,
        record_id bigint not null,
        data_type text not null,
        resource_id bigint not null,
        state text not null check (state in ('active', 'disabled', 'deleted')),
        version integer not null,
        applied_hash uuid not null,
        dirty boolean not null default false,
        task_id bigint not null,
        primary key (target_id, record_id)
      ) with (fillfactor = 85);
      comment on column links.data_type is 'of the record; a resource of this target is named by target, data type and id';
      comment on column links.version is 'records.version that was last considered here';
      comment on column links.applied_hash is 'hash of the fields that the target reads, as last applied';
      comment on column links.dirty is 'must be applied again though the record did not change';
      create index links_by_resource on links (target_id, data_type, resource_id);

      create table staging (
        task_id bigint not null,
        position integer,
        new_id bigint not null default nextval('records_id_seq'),
        data_type text not null,
        uid text,
        payload jsonb not null,
        cleared text[],
        gone text,
        seen_hash uuid not null,
        base_version integer,
        code text,
        field text,
        message text
      );
      comment on column staging.position is 'place in the read, from 0; null: not read, but missing from a complete read';
      comment on column staging.base_version is 'held plans: version of the record that the plan was made on; 0: there was none';
      comment on column staging.code is 'the record is invalid: it is seen, and fails';
      create index staging_by_task on staging (task_id);

      create table changes (
        task_id bigint not null,
        target_id smallint not null,
        data_type text not null,
        record_id bigint not null,
        position integer,
        uid text,
        action text,
        resource_id bigint,
        diff jsonb,
        outcome text check (outcome in ('applied', 'failed', 'stale')),
        code text,
        field text,
        message text,
        primary key (task_id, target_id, data_type, record_id)
      );
      comment on column changes.action is 'null: the record failed before it became a change';
      comment on column changes.resource_id is 'a match: the resource that a first link takes';
      comment on column changes.outcome is 'null: applied when the task''s applied position has passed it; applied: by an earlier attempt';
      create index changes_refused on changes (task_id, record_id) where action is null;
      create index changes_not_applied on changes (task_id) where outcome in ('failed', 'stale');

      create table waiting_references (
        target_id smallint not null,
        record_id bigint not null,
        source_id bigint not null,
        data_type text not null,
        uid text not null,
        primary key (target_id, record_id, data_type, uid)
      );
      create index waiting_references_by_uid on waiting_references (source_id, data_type, uid);

      create table idempotency_keys (
        owner text not null,
        key text not null,
        body_hash text not null,
        status integer,
        answer text,
        created_at timestamptz not null default now(),
        primary key (owner, key)
      );
      comment on column idempotency_keys.answer is 'JSON text; null: the first request still runs';

      create view resolved_references as
        select r.source_id, r.data_type, r.uid, l.resource_id, l.state
        from records r
        join targets t on t.name = case r.data_type when 'user' then 'users' else 'departments' end
        join links l on l.target_id = t.id and l.record_id = r.id;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop view resolved_references;
      drop table idempotency_keys, waiting_references, changes, staging, links, records, tasks, targets, sources;
    `);
  }
}
