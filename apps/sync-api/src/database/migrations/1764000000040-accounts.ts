import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may do what, and who did it: admins, their sessions, API keys, the audit. */
export class Accounts1764000000040 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table admins (
        id bigint generated always as identity primary key,
        username text not null,
        role text not null check (role in ('viewer', 'operator', 'approver', 'admin')),
        password_hash text,
        invitation_hash bytea unique,
        invitation_expires_at timestamptz,
        created_at timestamptz not null default now(),
        last_sign_in_at timestamptz
      );
      comment on column admins.password_hash is 'scrypt with its parameters; null: has not accepted the invitation';
      comment on column admins.invitation_hash is 'SHA-256 of the one-time token';
      create unique index admins_by_username on admins (lower(username));

      create table sessions (
        token_hash bytea primary key,
        admin_id bigint not null references admins on delete cascade,
        created_at timestamptz not null default now(),
        last_seen_at timestamptz not null default now()
      );
      comment on column sessions.token_hash is 'SHA-256 of what the cookie holds';
      create index sessions_by_admin on sessions (admin_id);

      create table api_keys (
        id bigint generated always as identity primary key,
        name text not null,
        token_hash bytea not null unique,
        hint text not null,
        scopes text[] not null check (scopes <@ '{read,push,admin}' and cardinality(scopes) > 0),
        source_id bigint references sources on delete cascade,
        expires_at timestamptz,
        last_used_at timestamptz,
        created_at timestamptz not null default now()
      );
      comment on column api_keys.token_hash is 'SHA-256 of the key';
      comment on column api_keys.hint is 'how the key begins, to recognise it by';
      comment on column api_keys.source_id is 'the only source that the key may name; a key never outlives it';
      create index api_keys_by_source on api_keys (source_id);

      create table audit (
        id bigint generated always as identity primary key,
        at timestamptz not null default clock_timestamp(),
        actor_kind text not null check (actor_kind in ('admin', 'key', 'system')),
        actor_id bigint,
        actor_name text not null,
        action text not null,
        subject text not null,
        details jsonb not null default '{}',
        request_id text
      );
      comment on column audit.actor_name is 'as it was then: accounts and keys may be gone';
      comment on column audit.subject is 'what it was done to, e.g. source:7';
      create index audit_by_subject on audit (subject, id);

      -- For the list that is filtered by status, and for counting them in the metrics.
      create index tasks_by_status on tasks (status, id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index tasks_by_status; drop table audit, api_keys, sessions, admins');
  }
}
