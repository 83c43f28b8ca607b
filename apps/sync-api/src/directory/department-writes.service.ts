import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { LOCK_DEPARTMENT_TREE } from '@rollcall/target-departments';
import { AuditService } from '../audit/audit.service';
import type { Caller } from '../auth/caller';
import { PG_POOL } from '../database/pg-pool';
import type { Pool, PoolClient } from '../database/postgres';
import { inTransaction } from '../database/transaction';
import { tellByHand } from '../feed/tell';
import { refusal } from '../http/refusals';
import type { DepartmentPatch, NewDepartmentBody } from './department.dto';
import {
  type HandMadeValues,
  checkLockable,
  checkLocks,
  mergedCustom,
  readHandMade,
  refused,
} from './hand-made-values';
import { markLinksDirty, setLinkState } from './link-states';
import { changedCustom, newLocks } from './locks';
import { retryRaces } from './retry';
import { statedBy } from './sql/stated-by';

interface Values {
  title: string;
  sort: number | null;
}

interface StoredDepartment extends Values {
  parentId: number | null;
  /** The parent as it is shown. */
  visibleParentId: number | null;
  custom: Record<string, unknown>;
  lockedFields: string[];
}

/** Writes departments by hand. */
@Injectable()
export class DepartmentWritesService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly audit: AuditService,
  ) {}

  /** Makes a department that no source states. Nothing is locked. */
  async create(caller: Caller, body: NewDepartmentBody): Promise<number> {
    const { own, values } = valuesOf(body);
    const custom = mergedCustom({}, values);
    return this.write(async (client) => {
      await this.checkParent(client, body.parentId, null);
      const { rows } = await client.query<{ id: number }>(
        'insert into departments (title, parent_id, sort, custom) values ($1, $2, $3, $4) returning id',
        [own.title, body.parentId ?? null, own.sort ?? null, JSON.stringify(custom)],
      );
      const id = rows[0]?.id ?? 0;
      await tellByHand(client, { dataType: 'department', action: 'created', ids: [id] });
      await this.audit.record(caller, 'department.create', `department:${id}`, {}, client);
      return id;
    });
  }

  /** Writes what really differs, and locks it. */
  async patch(caller: Caller, id: number, body: DepartmentPatch): Promise<void> {
    const { own, values } = valuesOf(body);
    checkLockable('department', body);
    await this.write(async (client) => {
      // Two moves at once could make a circle that neither of them sees.
      if (body.parentId != null) await client.query(LOCK_DEPARTMENT_TREE);
      const stored = await this.lock(client, id);
      const next = { ...stored, ...own };
      mergedCustom(stored.custom, values);
      const changed = changedCustom(stored.custom, values);
      if (next.title !== stored.title) changed.push('title');
      if (next.sort !== stored.sort) changed.push('sort');
      if (body.parentId !== undefined && body.parentId !== stored.visibleParentId) {
        await this.checkParent(client, body.parentId, id);
        next.parentId = body.parentId;
        changed.push('parentUid');
      }
      const locks = newLocks(stored.lockedFields, body, changed);
      checkLocks(locks.locked);
      if (changed.length === 0 && !locks.differs) return;
      await client.query(
        `update departments
         set title = $2, parent_id = $3, sort = $4, custom = (custom - $5::text[]) || $6::jsonb, locked_fields = $7,
           updated_at = now()
         where id = $1`,
        [id, next.title, next.parentId, next.sort, values.removed, JSON.stringify(values.custom), locks.locked],
      );
      if (locks.released.length > 0) await markLinksDirty(client, 'department', id);
      await tellByHand(client, { dataType: 'department', action: 'updated', ids: [id] });
      const details = { changed, lockedFields: locks.locked };
      await this.audit.record(caller, 'department.update', `department:${id}`, details, client);
    });
  }

  /** Deletes a department that no source states and that nobody and nothing is in. */
  async delete(caller: Caller, id: number): Promise<void> {
    await this.write(async (client) => {
      await client.query(LOCK_DEPARTMENT_TREE);
      const { title } = await this.lock(client, id);
      const stated = await client.query<{ name: string }>(STATED_BY, [id]);
      if (stated.rows.length > 0) {
        throw refusal('department_stated', { departmentId: id, sources: stated.rows.map(({ name }) => name) });
      }
      const { rows } = await client.query<{ members: number; children: number }>(IN_USE, [id]);
      const { members = 0, children = 0 } = rows[0] ?? {};
      if (members > 0 || children > 0) throw refusal('department_in_use', { departmentId: id, members, children });
      await client.query('update departments set deleted_at = now(), updated_at = now() where id = $1', [id]);
      await setLinkState(client, 'department', id, 'deleted');
      await tellByHand(client, { dataType: 'department', action: 'deleted', ids: [id] });
      await this.audit.record(caller, 'department.delete', `department:${id}`, { title }, client);
    });
  }

  private write<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    return retryRaces(() => inTransaction(this.pool, work));
  }

  private async lock(client: PoolClient, id: number): Promise<StoredDepartment> {
    const { rows } = await client.query<StoredDepartment>(
      `select d.title, d.sort, d.parent_id as "parentId", p.id as "visibleParentId", d.custom,
         d.locked_fields as "lockedFields"
       from departments d
       left join departments p on p.id = d.parent_id and p.deleted_at is null
       where d.id = $1 and d.deleted_at is null
       for no key update of d`,
      [id],
    );
    const [stored] = rows;
    if (stored) return stored;
    throw new RollcallError('not_found', `There is no department ${id}.`);
  }

  /** The parent is there, and is not below the department; deleted ones in between count, since they may come back. */
  private async checkParent(
    client: PoolClient,
    parentId: number | null | undefined,
    own: number | null,
  ): Promise<void> {
    if (parentId == null) return;
    // Nobody deletes it before the department is below it.
    await client.query('select from departments where id = $1 and deleted_at is null for share', [parentId]);
    const { rows } = await client.query<{ found: boolean; circle: boolean }>(
      `with recursive above (id) as (
         select $1::bigint
         union
         select d.parent_id from above a join departments d on d.id = a.id where d.parent_id is not null
       )
       select exists (select from departments where id = $1 and deleted_at is null) as found,
         exists (select from above where id = $2) as circle`,
      [parentId, own],
    );
    const pointer = '/parentId';
    if (rows[0]?.circle) {
      const message = 'with this parent the department would be below itself';
      throw new RollcallError('department_cycle', `${pointer}: ${message}. Choose one that is not below it.`, {
        errors: [{ pointer, code: 'department_cycle', message }],
      });
    }
    if (!rows[0]?.found) throw refused([{ pointer, code: 'not_found', message: `there is no department ${parentId}` }]);
  }
}

const STATED_BY = statedBy('department');

/** Who and what is shown in department $1: `members`, `children`. */
const IN_USE = `
  select (
      select count(distinct m.user_id)::int from memberships m join users u on u.id = m.user_id and u.deleted_at is null
      where m.department_id = $1
    ) as members,
    (select count(*)::int from departments where parent_id = $1 and deleted_at is null) as children`;

function valuesOf(body: NewDepartmentBody | DepartmentPatch): { own: Values; values: HandMadeValues };
function valuesOf({ title, sort, custom }: DepartmentPatch): { own: Partial<Values>; values: HandMadeValues } {
  if (title?.trim() === '') {
    throw refused([{ pointer: '/title', code: 'title_required', message: 'a department needs a title' }]);
  }
  const values = readHandMade('department', { title, sort }, custom);
  return { own: Object.fromEntries(values.fields), values };
}
