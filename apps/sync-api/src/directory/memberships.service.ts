import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { chooseMainDepartment } from '@rollcall/target-departments';
import { AuditService } from '../audit/audit.service';
import type { Caller } from '../auth/caller';
import { PG_POOL } from '../database/pg-pool';
import type { Pool, PoolClient } from '../database/postgres';
import { inTransaction } from '../database/transaction';
import { tellByHand } from '../feed/tell';
import { refusal } from '../http/refusals';
import type { MembershipBody, MembershipView } from './department.dto';
import { refused } from './hand-made-values';
import { retryRaces } from './retry';
import type { NewUserDepartment } from './user.dto';

const USER = '(select $1::bigint as user_id)';
const CHOOSE_MAIN = chooseMainDepartment(USER);
const CHOOSE_MAIN_WITHOUT = chooseMainDepartment(USER, { leaving: 'm.department_id = $2 and m.source_id is null' });

const VIEW = `
  select $2::bigint as "departmentId", $1::bigint as "userId", count(*) > 0 as "isMember",
    coalesce(bool_or(m.is_main), false) as "isMain",
    coalesce(bool_or(m.is_owner), false)
      or exists (select from department_owners o where o.department_id = $2 and o.user_id = $1) as "isOwner",
    coalesce(bool_or(m.source_id is null), false) as "byHand",
    coalesce(array_agg(s.name order by s.id) filter (where s.id is not null), '{}') as sources
  from memberships m
  left join sources s on s.id = m.source_id
  where m.user_id = $1 and m.department_id = $2`;

/**
 * Memberships made by hand: statements without a source. What sources state about the same user and department
 * stands beside them.
 */
@Injectable()
export class MembershipsService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly audit: AuditService,
  ) {}

  /** States a membership, or states it anew with other flags. */
  put(caller: Caller, departmentId: number, userId: number, body: MembershipBody): Promise<MembershipView> {
    const { isMain = false, isOwner = false } = body;
    return this.write(departmentId, userId, async (client) => {
      const { rowCount: stated } = await client.query(
        `insert into memberships (user_id, department_id, source_id, position, flagged_main, is_owner)
         select $1, $2, null, coalesce(max(position), 0) + 1, $3, $4
         from memberships where user_id = $1 and source_id is null
         on conflict (user_id, department_id, source_id) do update
         set flagged_main = excluded.flagged_main, is_owner = excluded.is_owner
         where (memberships.flagged_main, memberships.is_owner) <> (excluded.flagged_main, excluded.is_owner)`,
        [userId, departmentId, isMain, isOwner],
      );
      if (!stated) return;
      if (isMain) {
        await client.query(
          `update memberships set flagged_main = false
           where user_id = $1 and source_id is null and department_id <> $2 and flagged_main`,
          [userId, departmentId],
        );
      }
      await client.query(CHOOSE_MAIN, [userId]);
      await tellByHand(client, { dataType: 'user', action: 'updated', ids: [userId] });
      const details = { isMain, isOwner };
      await this.audit.record(caller, 'membership.put', subjectOf(departmentId, userId), details, client);
    });
  }

  /** Takes back what was stated by hand. What a source states can only be taken back there. */
  delete(caller: Caller, departmentId: number, userId: number): Promise<MembershipView> {
    return this.write(departmentId, userId, async (client) => {
      const { rows } = await client.query<MembershipView>(VIEW, [userId, departmentId]);
      const [now] = rows;
      if (!now?.isMember) return;
      if (!now.byHand) throw refusal('membership_stated', { userId, departmentId, sources: now.sources });
      // The choice comes first: only so does another statement of the same department stay the main one.
      await client.query(CHOOSE_MAIN_WITHOUT, [userId, departmentId]);
      await client.query('delete from memberships where user_id = $1 and department_id = $2 and source_id is null', [
        userId,
        departmentId,
      ]);
      await tellByHand(client, { dataType: 'user', action: 'updated', ids: [userId] });
      await this.audit.record(caller, 'membership.delete', subjectOf(departmentId, userId), {}, client);
    });
  }

  /** Departments of a user who was made just now, in the caller's transaction. */
  async stateFirst(client: PoolClient, userId: number, departments: readonly NewUserDepartment[]): Promise<void> {
    if (departments.length === 0) return;
    const ids = departments.map(({ id }) => id);
    const { rows } = await client.query<{ id: number }>(
      'select id from departments where id = any ($1) and deleted_at is null order by id for share',
      [ids],
    );
    const known = new Set(rows.map(({ id }) => id));
    const mains = departments.filter(({ isMain }) => isMain);
    const errors = departments.flatMap(({ id, isMain }, index) => {
      const pointer = `/departments/${index}`;
      if (!known.has(id))
        return [{ pointer: `${pointer}/id`, code: 'not_found', message: `there is no department ${id}` }];
      if (ids.indexOf(id) < index) return [{ pointer, code: 'duplicate', message: `department ${id} is named twice` }];
      if (isMain && mains.length > 1)
        return [{ pointer, code: 'duplicate', message: 'only one can be the main department' }];
      return [];
    });
    if (errors.length > 0) throw refused(errors);
    await client.query(
      `insert into memberships (user_id, department_id, source_id, position, flagged_main, is_owner)
       select $1, d.id, null, d.position, d.is_main, d.is_owner
       from unnest($2::bigint[], $3::boolean[], $4::boolean[]) with ordinality d (id, is_main, is_owner, position)`,
      [userId, ids, departments.map((one) => one.isMain ?? false), departments.map((one) => one.isOwner ?? false)],
    );
    await client.query(CHOOSE_MAIN, [userId]);
  }

  private write(
    departmentId: number,
    userId: number,
    work: (client: PoolClient) => Promise<void>,
  ): Promise<MembershipView> {
    return retryRaces(() =>
      inTransaction(this.pool, async (client) => {
        await this.lock(client, departmentId, userId);
        await work(client);
        const { rows } = await client.query<MembershipView>(VIEW, [userId, departmentId]);
        const [view] = rows;
        if (!view) throw new RollcallError('internal', 'An aggregate returned no row.');
        return view;
      }),
    );
  }

  /** One writer of a user's memberships at a time; the department cannot be deleted meanwhile. */
  private async lock(client: PoolClient, departmentId: number, userId: number): Promise<void> {
    const user = await client.query('select from users where id = $1 and deleted_at is null for no key update', [
      userId,
    ]);
    if (!user.rowCount) throw new RollcallError('not_found', `There is no user ${userId}.`);
    const department = await client.query('select from departments where id = $1 and deleted_at is null for share', [
      departmentId,
    ]);
    if (!department.rowCount) throw new RollcallError('not_found', `There is no department ${departmentId}.`);
  }
}

const subjectOf = (departmentId: number, userId: number): string => `department:${departmentId}/user:${userId}`;
