import { Inject, Injectable } from '@nestjs/common';
import { type FieldDifference, RollcallError } from '@rollcall/core';
import { AuditService } from '../audit/audit.service';
import type { Caller } from '../auth/caller';
import { PG_POOL } from '../database/pg-pool';
import type { Pool, PoolClient } from '../database/postgres';
import { inTransaction } from '../database/transaction';
import { departmentsOwnedBy } from '../feed/sql/owned';
import { type FeedAction, tellByHand } from '../feed/tell';
import { refusal } from '../http/refusals';
import { keepHandEdit, managerDifference } from './hand-edit';
import { checkLockable, checkLocks, mergedCustom, readHandMade, refused } from './hand-made-values';
import { markBroughtBack, markLinksDirty, setLinkState } from './link-states';
import { changedCustom, newLocks } from './locks';
import { MembershipsService } from './memberships.service';
import { retryRaces } from './retry';
import { statedBy } from './sql/stated-by';
import { BRING_BACK_MEMBERSHIPS, CHOOSE_MAIN } from './sql/restored-memberships';
import { explainTaken, isUniqueField, UNIQUE_FIELDS, type UniqueValues } from './unique-values';
import type { LiveStatus, NewUserBody, UserPatch } from './user.dto';

const TEXT_FIELDS = ['username', 'nickname', 'email', 'phone'] as const;
type Texts = Record<(typeof TEXT_FIELDS)[number], string | null>;

interface StoredUser extends Texts {
  managerId: number | null;
  /** The manager as it is shown. */
  visibleManagerId: number | null;
  status: LiveStatus;
  custom: Record<string, unknown>;
  protected: boolean;
  lockedFields: string[];
  deleted: boolean;
}

/** Writes users by hand. */
@Injectable()
export class UserWritesService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly memberships: MembershipsService,
    private readonly audit: AuditService,
  ) {}

  /** Makes a user that no source states. Nothing is locked, so that a source may take the user over and fill it. */
  async create(caller: Caller, body: NewUserBody): Promise<number> {
    const { texts, values } = textsOf(body);
    if (TEXT_FIELDS.every((field) => (texts[field] ?? null) === null)) {
      throw new RollcallError('invalid_request', 'A user needs a username, a nickname, an e-mail or a phone number.', {
        errors: TEXT_FIELDS.map((field) => ({
          pointer: `/${field}`,
          code: 'required',
          message: 'one of them is needed',
        })),
      });
    }
    const custom = mergedCustom({}, values);
    const status = body.status ?? 'active';
    return this.write(texts, null, async (client) => {
      await this.checkManager(client, body.managerId, null);
      const { rows } = await client.query<{ id: number }>(
        `insert into users (username, nickname, email, phone, manager_id, status, custom, locked_fields)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
        [
          ...TEXT_FIELDS.map((field) => texts[field] ?? null),
          body.managerId ?? null,
          status,
          JSON.stringify(custom),
          // Only an admin lifts what an admin disabled.
          status === 'disabled' ? ['status'] : [],
        ],
      );
      const id = rows[0]?.id ?? 0;
      await this.memberships.stateFirst(client, id, body.departments ?? []);
      await tell(client, 'created', id);
      await this.audit.record(caller, 'user.create', `user:${id}`, {}, client);
      return id;
    });
  }

  /** Writes what really differs, and locks it. */
  async patch(caller: Caller, id: number, body: UserPatch): Promise<void> {
    const { texts, values } = textsOf(body);
    checkLockable('user', body);
    await this.write(texts, id, async (client) => {
      const stored = await this.lock(client, id);
      if (stored.deleted) throw refusal('user_deleted', { userId: id });
      const next = { ...stored, ...texts };
      const custom = changedCustom(stored.custom, values);
      mergedCustom(stored.custom, values);
      const changed = [...TEXT_FIELDS.filter((field) => next[field] !== stored[field]), ...custom];
      if (body.managerId !== undefined && body.managerId !== stored.visibleManagerId) {
        await this.checkManager(client, body.managerId, id);
        next.managerId = body.managerId;
        changed.push('managerUid');
      }
      if (body.status && body.status !== stored.status) {
        next.status = body.status;
        changed.push('status');
      }
      next.protected = body.protected ?? stored.protected;
      const locks = newLocks(stored.lockedFields, body, changed);
      checkLocks(locks.locked);
      if (changed.length === 0 && !locks.differs && next.protected === stored.protected) return;
      await client.query(
        `update users
         set username = $2, nickname = $3, email = $4, phone = $5, manager_id = $6, status = $7,
           custom = (custom - $8::text[]) || $9::jsonb, protected = $10, locked_fields = $11, updated_at = now()
         where id = $1`,
        [
          id,
          ...TEXT_FIELDS.map((field) => next[field]),
          next.managerId,
          next.status,
          values.removed,
          JSON.stringify(values.custom),
          next.protected,
          locks.locked,
        ],
      );
      if (locks.released.includes('status')) await setLinkState(client, 'user', id, next.status);
      if (next.status !== stored.status && next.status === 'active' && locks.locked.includes('status')) {
        await markBroughtBack(client, id);
      }
      await tell(client, next.status === stored.status ? 'updated' : STATUS_SET[next.status], id);
      // What the sources said meanwhile was not applied; now it is.
      const freed = locks.released.length > 0 || (stored.protected && !next.protected);
      if (freed) await markLinksDirty(client, 'user', id);
      const details = {
        changed,
        locked: locks.locked.filter((field) => !stored.lockedFields.includes(field)),
        unlocked: locks.released,
        lockedFields: locks.locked,
        ...(next.protected !== stored.protected && { protected: next.protected }),
      };
      const entry = await this.audit.record(caller, 'user.update', `user:${id}`, details, client);
      await keepHandEdit(client, entry, await differences(client, changed, stored, { ...next, custom: values.custom }));
    });
  }

  /** Deletes a user whom no source states; restored, the user is as before. */
  async delete(caller: Caller, id: number): Promise<void> {
    await this.write({}, id, async (client) => {
      const stored = await this.lock(client, id);
      if (stored.deleted) return;
      const { rows } = await client.query<{ name: string }>(STATED_BY, [id]);
      if (rows.length > 0) throw refusal('user_stated', { userId: id, sources: rows.map(({ name }) => name) });
      await client.query('update users set deleted_at = now(), updated_at = now() where id = $1', [id]);
      await setLinkState(client, 'user', id, 'deleted');
      await tell(client, 'deleted', id);
      await tellOwned(client, id);
      await this.audit.record(caller, 'user.delete', `user:${id}`, {}, client);
    });
  }

  /** Undoes a deletion; the user comes back with the same id and the status from before. */
  async restore(caller: Caller, id: number): Promise<void> {
    const { rows } = await this.pool.query<Texts>('select username, email, phone from users where id = $1', [id]);
    await this.write(rows[0] ?? {}, id, async (client) => {
      const stored = await this.lock(client, id);
      if (!stored.deleted) return;
      await client.query('update users set deleted_at = null, updated_at = now() where id = $1', [id]);
      await setLinkState(client, 'user', id, stored.status);
      await client.query(BRING_BACK_MEMBERSHIPS, [id]);
      await client.query(CHOOSE_MAIN, [id]);
      await tell(client, 'restored', id);
      await tellOwned(client, id);
      await this.audit.record(caller, 'user.restore', `user:${id}`, {}, client);
    });
  }

  /**
   * Lets go of a field: the hand that locked it, and a unique value, which somebody else can then have. What sources say
   * about a field that was locked is applied with their next sync; a value alone comes back when it is stated anew.
   */
  async release(caller: Caller, id: number, field: string): Promise<void> {
    await this.write({}, id, async (client) => {
      const stored = await this.lock(client, id);
      if (stored.deleted) throw refusal('deleted_holds_nothing', { userId: id });
      const locked = stored.lockedFields.includes(field);
      const held = isUniqueField(field) && stored[field] !== null;
      if (!locked && !held) throw refusal('field_not_held', { userId: id, field });
      await client.query(
        `update users
         set locked_fields = array_remove(locked_fields, $2), updated_at = now(),
           ${UNIQUE_FIELDS.map((name) => `${name} = case when $2 = '${name}' then null else ${name} end`).join(', ')}
         where id = $1`,
        [id, field],
      );
      if (field === 'status') await setLinkState(client, 'user', id, stored.status);
      if (locked) await markLinksDirty(client, 'user', id);
      await tell(client, 'updated', id);
      const entry = await this.audit.record(caller, 'user.release', `user:${id}`, { field }, client);
      if (held) await keepHandEdit(client, entry, [{ field, before: stored[field], after: null }]);
    });
  }

  private write<T>(values: UniqueValues, own: number | null, work: (client: PoolClient) => Promise<T>): Promise<T> {
    return retryRaces(async () => {
      try {
        return await inTransaction(this.pool, work);
      } catch (error) {
        throw await explainTaken(error, this.pool, values, own);
      }
    });
  }

  private async lock(client: PoolClient, id: number): Promise<StoredUser> {
    const { rows } = await client.query<StoredUser>(
      `select u.username, u.nickname, u.email, u.phone, u.manager_id as "managerId", m.id as "visibleManagerId",
         u.status, u.custom, u.protected, u.locked_fields as "lockedFields", u.deleted_at is not null as deleted
       from users u
       left join users m on m.id = u.manager_id and m.deleted_at is null
       where u.id = $1
       for no key update of u`,
      [id],
    );
    const [stored] = rows;
    if (stored) return stored;
    throw new RollcallError('not_found', `There is no user ${id}.`);
  }

  /** Managers may stand in a circle, as sources state them; nothing walks up the chain. Oneself is a slip. */
  private async checkManager(
    client: PoolClient,
    managerId: number | null | undefined,
    own: number | null,
  ): Promise<void> {
    if (managerId == null) return;
    const pointer = '/managerId';
    if (managerId === own) throw refused([{ pointer, code: 'self', message: 'nobody is their own manager' }]);
    const { rowCount } = await client.query('select from users where id = $1 and deleted_at is null', [managerId]);
    if (!rowCount) throw refused([{ pointer, code: 'not_found', message: `there is no user ${managerId}` }]);
  }
}

const OWNED = departmentsOwnedBy('$1');
const STATED_BY = statedBy('user');

/** Departments show their owners, who are gone or back. */
async function tellOwned(client: PoolClient, id: number): Promise<void> {
  const owned = (await client.query<{ department_id: number }>(OWNED, [id])).rows.map((row) => row.department_id);
  if (owned.length > 0) await tellByHand(client, { dataType: 'department', action: 'updated', ids: owned });
}

/** What a hand changed, field by field; of `next` only the custom fields that it gave. */
async function differences(
  client: PoolClient,
  changed: readonly string[],
  stored: StoredUser,
  next: StoredUser,
): Promise<FieldDifference[]> {
  const valueIn = ({ custom, ...user }: StoredUser, field: string): unknown =>
    Object.hasOwn(user, field) ? user[field as keyof typeof user] : (custom[field] ?? null);
  const diff: FieldDifference[] = changed.map((field) => ({
    field,
    before: valueIn(stored, field),
    after: valueIn(next, field),
  }));
  const manager = diff.findIndex(({ field }) => field === 'managerUid');
  if (manager >= 0) diff[manager] = await managerDifference(client, stored.visibleManagerId, next.managerId);
  return diff;
}

const STATUS_SET: Readonly<Record<LiveStatus, FeedAction>> = { active: 'restored', disabled: 'disabled' };

const tell = (client: PoolClient, action: FeedAction, id: number): Promise<void> =>
  tellByHand(client, { dataType: 'user', action, ids: [id] });

function textsOf(body: NewUserBody | UserPatch): { texts: Partial<Texts>; values: ReturnType<typeof readHandMade> } {
  const given = TEXT_FIELDS.filter((field) => body[field] !== undefined).map((field) => [field, body[field]]);
  const values = readHandMade('user', Object.fromEntries(given) as Record<string, unknown>, body.custom);
  return { texts: Object.fromEntries(values.fields), values };
}
