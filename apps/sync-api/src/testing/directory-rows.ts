import type { Pool } from '../database/postgres';

/** Rows as a sync would have left them, for tests of what reads and changes the directory. */
export class DirectoryRows {
  constructor(private readonly pool: Pool) {}

  /** A user of a column → value each; `deleted` makes it soft-deleted. */
  async user(columns: Record<string, unknown> = {}): Promise<number> {
    return this.insert('users', columns);
  }

  async department(title: string, columns: Record<string, unknown> = {}): Promise<number> {
    return this.insert('departments', { title, ...columns });
  }

  async source(name: string): Promise<number> {
    return this.insert('sources', { name, display_name: name, type: 'push' });
  }

  /** A record of a source and its link; returns the id of the task that applied it. */
  async link(
    dataType: 'user' | 'department',
    resourceId: number,
    sourceId: number,
    uid: string,
    state = 'active',
    target = `${dataType}s`,
  ): Promise<number> {
    const hash = '00000000-0000-0000-0000-000000000000';
    const task = await this.insert('tasks', {
      source_id: sourceId,
      kind: 'push',
      status: 'succeeded',
      started_at: '2026-05-06T07:08:09.123Z',
      finished_at: '2026-05-06T07:08:10.123Z',
    });
    const record = await this.insert('records', {
      source_id: sourceId,
      data_type: dataType,
      uid,
      payload: {},
      seen_hash: hash,
      hash,
      task_id: task,
    });
    await this.pool.query(
      `insert into links (target_id, record_id, data_type, resource_id, state, version, applied_hash, task_id)
       select id, $3, $2, $4, $5, 1, $6, $7 from targets where name = $1`,
      [target, dataType, record, resourceId, state, hash, task],
    );
    return task;
  }

  async membership(userId: number, departmentId: number, columns: Record<string, unknown> = {}): Promise<void> {
    await this.insert('memberships', { user_id: userId, department_id: departmentId, ...columns }, 'user_id');
  }

  /** State and dirtiness of every link of a user. */
  async linksOf(userId: number): Promise<{ state: string; dirty: boolean }[]> {
    const { rows } = await this.pool.query<{ state: string; dirty: boolean }>(
      `select state, dirty from links
       where target_id = (select id from targets where name = 'users') and resource_id = $1 order by record_id`,
      [userId],
    );
    return rows;
  }

  private async insert(table: string, columns: Record<string, unknown>, returning = 'id'): Promise<number> {
    const names = Object.keys(columns);
    const values = names.length > 0 ? `(${names.join()}) values (${names.map((_, n) => `$${n + 1}`).join()})` : '';
    const { rows } = await this.pool.query<Record<string, number>>(
      `insert into ${table} ${values || 'default values'} returning ${returning}`,
      Object.values(columns),
    );
    return rows[0]?.[returning] ?? 0;
  }
}
