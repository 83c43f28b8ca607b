import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { type Page, pageOf } from '../http/page';
import { searchText } from './search-text';
import { countUsers, pageOfUsers, searchUsers, type UserFilter } from './sql/user-lists';
import { USER_VIEWS } from './sql/user-views';
import { Totals } from './totals';
import type { MembersQuery, UserStatus, UserView } from './user.dto';

const NOT_DELETED: readonly UserStatus[] = ['active', 'disabled'];

type Narrowing = Pick<UserFilter, 'departmentId' | 'sourceId'>;

/** Reads users. A page takes three statements, however many users are on it. */
@Injectable()
export class UsersService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly totals: Totals,
  ) {}

  async list(query: MembersQuery, { departmentId, sourceId }: Narrowing = {}): Promise<Page<UserView>> {
    const { status = [], sort, pageSize, offset } = query;
    const filter: UserFilter = { statuses: status.length > 0 ? status : NOT_DELETED, departmentId, sourceId };
    const q = searchText(query.q);
    if (q === undefined) {
      const [total, ids] = await Promise.all([this.total(filter), this.page(filter, sort, pageSize, offset)]);
      return pageOf(await this.views(ids), total, query);
    }
    const search = searchUsers(filter, q, sort, pageSize, offset);
    const { rows } = await this.pool.query<{ total: number; ids: number[] }>(search.text, search.values);
    const found = rows[0] ?? { total: 0, ids: [] };
    return pageOf(await this.views(found.ids), found.total, query);
  }

  async get(id: number): Promise<UserView> {
    const [user] = await this.views([id]);
    if (user) return user;
    throw new RollcallError('not_found', `There is no user ${id}.`);
  }

  private total(filter: UserFilter): Promise<number> {
    const { text, values } = countUsers(filter);
    return this.totals.total(JSON.stringify(filter), async () => {
      const { rows } = await this.pool.query<{ total: number }>(text, values);
      return rows[0]?.total ?? 0;
    });
  }

  private async page(filter: UserFilter, sort: string | undefined, limit: number, offset: number): Promise<number[]> {
    const { text, values } = pageOfUsers(filter, sort, limit, offset);
    const { rows } = await this.pool.query<{ id: number }>(text, values);
    return rows.map(({ id }) => id);
  }

  private async views(ids: readonly number[]): Promise<UserView[]> {
    if (ids.length === 0) return [];
    return (await this.pool.query<UserView>(USER_VIEWS, [ids])).rows;
  }
}
