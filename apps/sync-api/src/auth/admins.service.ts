import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { RollcallError } from '@rollcall/core';
import { ILike, type Repository } from 'typeorm';
import { AuditService } from '../audit/audit.service';
import { PG_POOL } from '../database/pg-pool';
import type { Pool, PoolClient } from '../database/postgres';
import { inTransaction } from '../database/transaction';
import { errorCode } from '../error-code';
import { containsPattern } from '../http/like';
import { type Page, type PageQuery, pageOf, sortOf } from '../http/page';
import { Admin } from './admin.entity';
import type { AdminBody, AdminPatch, AdminView } from './admins.dto';
import type { AdminRole, Caller } from './caller';
import { type Invitation, InvitationsService } from './invitations.service';
import { requireUsername } from './username';

const SORTABLE = ['id', 'username', 'role', 'createdAt', 'lastSignInAt'] as const;
/** The hash is only looked at to see whether there is one. */
const SHOWN = {
  id: true,
  username: true,
  role: true,
  passwordHash: true,
  invitationExpiresAt: true,
  createdAt: true,
  lastSignInAt: true,
} as const;
const UNIQUE_VIOLATION = '23505';

/** Accounts and roles. Somebody who can sign in with the role admin always remains. */
@Injectable()
export class AdminsService {
  constructor(
    @InjectRepository(Admin) private readonly admins: Repository<Admin>,
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly invitations: InvitationsService,
    private readonly audit: AuditService,
  ) {}

  async list(query: PageQuery): Promise<Page<AdminView>> {
    const { property, direction } = sortOf(query.sort, SORTABLE, 'username');
    const [admins, total] = await this.admins.findAndCount({
      select: SHOWN,
      where: query.q ? { username: ILike(containsPattern(query.q)) } : {},
      order: property === 'id' ? { id: direction } : { [property]: direction, id: direction },
      skip: query.offset,
      take: query.pageSize,
    });
    return pageOf(admins.map(viewOf), total, query);
  }

  async create(body: AdminBody, caller: Caller): Promise<{ admin: AdminView; invitation: Invitation }> {
    const username = requireUsername(body.username);
    const { id, invitation } = await this.change(async (client) => {
      const { rows } = await client.query<{ id: number }>(
        'insert into admins (username, role) values ($1, $2) returning id',
        [username, body.role],
      );
      const id = rows[0]?.id ?? 0;
      await this.audit.record(caller, 'admin.create', `admin:${id}`, { username, role: body.role }, client);
      return { id, invitation: await this.issue(id, client) };
    });
    return { admin: await this.view(id), invitation };
  }

  /** A new role ends the sessions that were opened under the old one. */
  async update(id: number, patch: AdminPatch, caller: Caller): Promise<AdminView> {
    const username = patch.username === undefined ? undefined : requireUsername(patch.username);
    await this.change(async (client) => {
      const before = await this.lock(id, client);
      const role = patch.role ?? before.role;
      if (role !== 'admin') await refuseLast(id, client);
      await client.query('update admins set username = $2, role = $3 where id = $1', [
        id,
        username ?? before.username,
        role,
      ]);
      if (role !== before.role) await client.query('delete from sessions where admin_id = $1', [id]);
      await this.audit.record(
        caller,
        'admin.update',
        `admin:${id}`,
        { before, after: { username: username ?? before.username, role } },
        client,
      );
    });
    return this.view(id);
  }

  /** A new one-time link: for an invitation that got lost, or a password. The account goes on as it is until then. */
  async invite(id: number, caller: Caller): Promise<Invitation> {
    return this.change(async (client) => {
      await this.lock(id, client);
      await this.audit.record(caller, 'admin.invite', `admin:${id}`, {}, client);
      return this.issue(id, client);
    });
  }

  /** Ends the link that was made last, if it was not used. */
  async withdraw(id: number, caller: Caller): Promise<void> {
    await this.change(async (client) => {
      await this.lock(id, client);
      if (await this.invitations.withdraw(id, client)) {
        await this.audit.record(caller, 'admin.withdraw_invitation', `admin:${id}`, {}, client);
      }
    });
  }

  async remove(id: number, caller: Caller): Promise<void> {
    await this.change(async (client) => {
      const { username, role } = await this.lock(id, client);
      await refuseLast(id, client);
      await client.query('delete from admins where id = $1', [id]);
      await this.audit.record(caller, 'admin.delete', `admin:${id}`, { username, role }, client);
    });
  }

  private async view(id: number): Promise<AdminView> {
    const admin = await this.admins.findOne({ select: SHOWN, where: { id } });
    if (admin) return viewOf(admin);
    throw new RollcallError('not_found', `There is no admin ${id}.`);
  }

  private async change<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    try {
      return await inTransaction(this.pool, work);
    } catch (error) {
      if (errorCode(error) !== UNIQUE_VIOLATION) throw error;
      throw new RollcallError('conflict', 'Another account has this username. Choose another one.', {
        cause: error,
        errors: [{ pointer: '/username', code: 'taken', message: 'is taken' }],
      });
    }
  }

  /** Changes of accounts wait for each other, so that two admins cannot remove each other at the same moment. */
  private async lock(id: number, client: PoolClient): Promise<{ username: string; role: AdminRole }> {
    await client.query(`select from admins where role = 'admin' order by id for update`);
    const { rows } = await client.query<{ username: string; role: AdminRole }>(
      'select username, role from admins where id = $1 for update',
      [id],
    );
    if (rows[0]) return rows[0];
    throw new RollcallError('not_found', `There is no admin ${id}.`);
  }

  private async issue(id: number, client: PoolClient): Promise<Invitation> {
    const invitation = await this.invitations.issue(id, client);
    if (!invitation) throw new RollcallError('not_found', `There is no admin ${id}.`);
    return invitation;
  }
}

async function refuseLast(id: number, client: PoolClient): Promise<void> {
  const { rowCount } = await client.query(
    `select from admins where role = 'admin' and password_hash is not null and id <> $1 limit 1`,
    [id],
  );
  if (rowCount === 0) {
    throw new RollcallError(
      'conflict',
      'This is the last account with the role admin. Give somebody else that role first.',
      { errors: [{ pointer: '/role', code: 'last_admin', message: 'is the last account with the role admin' }] },
    );
  }
}

function viewOf(admin: Admin): AdminView {
  const { id, username, role, passwordHash, invitationExpiresAt, createdAt, lastSignInAt } = admin;
  const status = passwordHash === null ? 'invited' : 'active';
  return { id, username, role, status, invitationExpiresAt, createdAt, lastSignInAt };
}
