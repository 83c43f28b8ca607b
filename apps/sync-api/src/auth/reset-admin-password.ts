import pg from 'pg';
import { errorCode } from '../error-code';
import { generatePassword } from './password';
import { hashPassword } from './password-hash';

const UNDEFINED_TABLE = '42P01';

/**
 * For whoever runs the machine and cannot sign in any more (`npx rollcall admin-reset`): gives the account `admin`, or the
 * oldest one with the role admin, a new password and the role admin, and ends its sessions. Without any such account
 * `admin` is made. The password is returned once and stored as a hash.
 */
export async function resetAdminPassword(databaseUrl: string): Promise<{ username: string; password: string }> {
  const password = generatePassword();
  const hash = await hashPassword(password);
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ username: string }>(RESET, [hash]);
    return { username: rows[0]?.username ?? 'admin', password };
  } catch (error) {
    if (errorCode(error) !== UNDEFINED_TABLE) throw error;
    throw new Error('The database has no accounts yet. Start Rollcall once; the first start prints the password.', {
      cause: error,
    });
  } finally {
    await client.end();
  }
}

const RESET = `
  with chosen as (
    select id from admins where role = 'admin' or lower(username) = 'admin'
    order by lower(username) = 'admin' desc, id limit 1
  ), reset as (
    update admins set password_hash = $1, role = 'admin', invitation_hash = null, invitation_expires_at = null
    from chosen where admins.id = chosen.id
    returning admins.id, admins.username
  ), made as (
    insert into admins (username, role, password_hash)
    select 'admin', 'admin', $1 where not exists (select from chosen)
    returning id, username
  ), account as (
    select * from reset union all select * from made
  ), ended as (
    delete from sessions using account where admin_id = account.id
  ), noted as (
    insert into audit (actor_kind, actor_name, action, subject)
    select 'system', 'rollcall admin-reset', 'admin.reset_password', 'admin:' || id from account
  )
  select username from account
`;
