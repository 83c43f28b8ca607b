import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { type Page, pageOf } from '../http/page';
import type { DepartmentsQuery, DepartmentView } from './department.dto';
import { searchText } from './search-text';
import { listDepartments } from './sql/department-lists';
import { DEPARTMENT_VIEWS } from './sql/department-views';

/** Reads departments. A page takes two statements, however many departments are on it. */
@Injectable()
export class DepartmentsService {
  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  async list(query: DepartmentsQuery): Promise<Page<DepartmentView>> {
    const { parentId, sort, pageSize, offset } = query;
    const { text, values } = listDepartments({ parentId, q: searchText(query.q), sort }, pageSize, offset);
    const { rows } = await this.pool.query<{ total: number; ids: number[] }>(text, values);
    const found = rows[0] ?? { total: 0, ids: [] };
    return pageOf(await this.views(found.ids), found.total, query);
  }

  async get(id: number): Promise<DepartmentView> {
    const [department] = await this.views([id]);
    if (department) return department;
    throw new RollcallError('not_found', `There is no department ${id}.`);
  }

  private async views(ids: readonly number[]): Promise<DepartmentView[]> {
    if (ids.length === 0) return [];
    return (await this.pool.query<DepartmentView>(DEPARTMENT_VIEWS, [ids])).rows;
  }
}
