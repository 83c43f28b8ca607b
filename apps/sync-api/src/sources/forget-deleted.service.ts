import { Inject, Injectable } from '@nestjs/common';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { inTransaction } from '../engine/sql-session';
import { isShown } from '../feed/sql/shown';
import { SETTLE_AGAIN } from './settle-again';

const KEPT_DAYS = 30;

const CLAIM = `
  update sources set forgotten_at = now()
  where id in (
    select id from sources
    where forgotten_at is null and deleted_at < now() - make_interval(days => $1)
    for update skip locked
  )
  returning id`;

/** Tells the feed whom sources $1 state no more, so many in a row of it. */
const TELL = `
  insert into feed (data_type, action, ids, n)
  select data_type, 'updated', array_agg(resource_id), count(*)
  from (
    select data_type, resource_id, row_number() over (partition by data_type order by resource_id) / 20000 as part
    from (
      select distinct l.data_type, l.resource_id
      from links l
      join targets t on t.id = l.target_id and t.name = l.data_type || 's'
      join records r on r.id = l.record_id and r.source_id = any ($1)
      where l.state <> 'detached' and ${isShown('l.data_type', 'l.resource_id')}
    ) linked
  ) parts
  group by data_type, part`;

/** What a deleted source said is kept for 30 days, for a new source of the same name and type; then it is forgotten. */
@Injectable()
export class ForgetDeletedService {
  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  /**
   * Removes records and links of sources that were deleted long enough ago. People stay; what others say of them is settled without
   * these. Returns the sources' ids.
   */
  async forget(): Promise<number[]> {
    return inTransaction(this.pool, { prepared: false }, async (sql) => {
      const ids = (await sql.query<{ id: number }>(CLAIM, [KEPT_DAYS])).map(({ id }) => id);
      if (ids.length === 0) return ids;
      await sql.query(TELL, [ids]);
      await sql.query(SETTLE_AGAIN, [ids]);
      await sql.query('delete from waiting_references where source_id = any ($1)', [ids]);
      await sql.query('delete from links l using records r where r.id = l.record_id and r.source_id = any ($1)', [ids]);
      await sql.query('delete from handed_out h using records r where r.id = h.record_id and r.source_id = any ($1)', [
        ids,
      ]);
      await sql.query('delete from rejected_removals where source_id = any ($1)', [ids]);
      await sql.query('delete from target_reviews where source_id = any ($1)', [ids]);
      await sql.query(
        'delete from field_changes f using records r where r.id = f.record_id and r.source_id = any ($1)',
        [ids],
      );
      await sql.query('delete from earlier_uids where source_id = any ($1)', [ids]);
      await sql.query('delete from records where source_id = any ($1)', [ids]);
      return ids;
    });
  }
}
