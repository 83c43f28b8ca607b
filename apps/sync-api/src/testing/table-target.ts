import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = 'rollcall-target-desks';

/**
 * Targets with tables in this Postgres as a third party would publish them: plain JavaScript that imports nothing of ours.
 * `desks` attaches the desk to a user, and refuses the desk `none`; `badges` keeps a badge of its own for each user.
 */
const CODE = `
class Desks1799000000001 {
  name = 'Desks1799000000001';
  up(runner) { return runner.query('create table desks (user_id bigint primary key, desk text)'); }
  down(runner) { return runner.query('drop table desks'); }
}
class Badges1799000000002 {
  name = 'Badges1799000000002';
  up(runner) {
    return runner.query('create table badges (id bigserial primary key, label text, disabled boolean not null default false, deleted_at timestamptz)');
  }
  down(runner) { return runner.query('drop table badges'); }
}
const badges = {
  kind: 'target', id: 'badges', title: 'Badges', version: '1.0.0', after: ['users'],
  configSchema: { type: 'object', additionalProperties: false, properties: {} },
  dataTypes: {
    user: {
      fields: { only: ['nickname', 'isDisabled'] }, owns: true, canDisable: true,
      image: (id) => "(select jsonb_strip_nulls(jsonb_build_object('nickname', t.label, 'isDisabled', nullif(t.disabled, false))) from badges t where t.id = " + id + ')',
    },
  },
  resources: { user: { table: 'badges', newId: "nextval('badges_id_seq')" } },
  tables: { entities: [], migrations: [Badges1799000000002] },
  async apply({ relation }, { sql }) {
    await sql.query(
      "insert into badges (id, label, disabled) select resource_id, payload ->> 'nickname', coalesce((payload ->> 'isDisabled')::boolean, false) from " +
        relation + " where action = 'create'");
    await sql.query("update badges t set deleted_at = now() from " + relation + " b where b.action = 'delete' and t.id = b.resource_id");
    await sql.query(
      "update badges t set label = case when b.changed is null or 'nickname' = any (b.changed) then b.payload ->> 'nickname' else t.label end," +
        " disabled = case b.action when 'disable' then true else coalesce((b.payload ->> 'isDisabled')::boolean, false) end, deleted_at = null from " +
        relation + " b where b.action in ('update', 'restore', 'disable', 'link') and t.id = b.resource_id");
  },
  async purge({ relation }, { sql }) {
    await sql.query('delete from badges t using ' + relation + ' p where t.id = p.id');
  },
};
exports.adapters = [badges, {
  kind: 'target', id: 'desks', title: 'Desks', version: '1.0.0', after: ['users'],
  configSchema: { type: 'object', additionalProperties: false, properties: {} },
  dataTypes: {
    user: {
      fields: { only: ['desk'] }, owns: false, canDisable: false,
      image: (id) => "(select jsonb_build_object('desk', d.desk) from desks d where d.user_id = " + id + ' and d.desk is not null)',
    },
  },
  resources: {},
  tables: { entities: [], migrations: [Desks1799000000001] },
  async apply({ relation, failures }, { sql }) {
    await sql.query(
      'insert into ' + failures + " (record_id, code, field, message) select record_id, 'rejected_by_target', 'desk', 'No such desk.' from " +
        relation + " where payload ->> 'desk' = 'none'");
    await sql.query(
      'insert into desks (user_id, desk) select resource_id, payload ->> \\'desk\\' from ' + relation +
        ' b where not exists (select from ' + failures + ' f where f.record_id = b.record_id)' +
        ' on conflict (user_id) do update set desk = excluded.desk');
  },
  async purge({ relation }, { sql }) {
    await sql.query('delete from desks d using ' + relation + ' p where d.user_id = p.id');
  },
}];`;

export interface TableTarget {
  env: NodeJS.ProcessEnv;
  remove(): void;
}

/** A home with the adapter in it. */
export function installTableTarget(): TableTarget {
  const home = mkdtempSync(join(tmpdir(), 'rollcall-desks-'));
  const folder = join(home, 'adapters', 'node_modules', PACKAGE);
  mkdirSync(folder, { recursive: true });
  const rollcall = { contract: 1, adapters: ['badges', 'desks'].map((id) => ({ kind: 'target', id })) };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: PACKAGE, version: '1.0.0', main: 'index.js', rollcall }),
  );
  writeFileSync(join(folder, 'index.js'), CODE);
  return {
    env: { ROLLCALL_HOME: home, ROLLCALL_ADAPTERS: PACKAGE },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
