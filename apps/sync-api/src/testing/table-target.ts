import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = 'rollcall-target-desks';

/**
 * A target with a table in this Postgres as a third party would publish it: plain JavaScript that imports nothing of ours. It
 * attaches the desk to a user, and refuses the desk `none`.
 */
const CODE = `
class Desks1799000000001 {
  name = 'Desks1799000000001';
  up(runner) { return runner.query('create table desks (user_id bigint primary key, desk text)'); }
  down(runner) { return runner.query('drop table desks'); }
}
exports.adapters = [{
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
  const rollcall = { contract: 1, adapters: [{ kind: 'target', id: 'desks' }] };
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
