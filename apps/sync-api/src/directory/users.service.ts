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

/** From this many users on it matters from which end a page is read. */
const FAR = 10_000;

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
      const counting = this.total(filter);
      const [total, ids] = await Promise.all([
        counting,
        this.page(filter, sort, { limit: pageSize, offset, counting }),
      ]);
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

  /** A page that is far from the beginning is read from the nearer end: Postgres walks over every row that is left out. */
  private async page(
    filter: UserFilter,
    sort: string | undefined,
    { limit, offset, counting }: { limit: number; offset: number; counting: Promise<number> },
  ): Promise<number[]> {
    const left = offset > FAR ? Math.max((await counting) - offset, 0) : undefined;
    const backwards = left !== undefined && left < offset;
    const wanted = backwards
      ? { limit: Math.min(limit, left), offset: Math.max(left - limit, 0), backwards }
      : { limit, offset, backwards };
    const { text, values } = pageOfUsers(filter, sort, wanted);
    const { rows } = await this.pool.query<{ id: number }>(text, values);
    const ids = rows.map(({ id }) => id);
    return backwards ? ids.reverse() : ids;
  }

  private async views(ids: readonly number[]): Promise<UserView[]> {
    if (ids.length === 0) return [];
    return (await this.pool.query<UserView>(USER_VIEWS, [ids])).rows;
  }
}
