import type { Reading } from '../reading';

const BRINGING = `('create', 'restore', 'link')`;

/** SQL: the data type that a reference field refers to; null for any other field. */
const referredTo = (field: string): string => `
      case ${field} when 'managerUid' then 'user' when 'ownerUids' then 'user' when 'parentUid' then 'department' when 'departments' then 'department' end`;

/**
 * Changes that were planned only to bring references, all of which failed once more and brought nothing: nothing changed, so
 * they are none, or a record that fails with every read would make those that wait for it "updated" each time. Their links
 * stand as before. Looked up from what failed. $1 task, $2 source.
 */
export const forgetUnbroughtSql = ({ targetId: t, dataType }: Reading): string => `
  with waiting as (
    select distinct w.record_id
    from changes p
    join waiting_references w on w.source_id = $2 and w.data_type = p.data_type and w.uid = p.uid and w.target_id = ${t}
    where p.task_id = $1 and p.outcome in ('failed', 'stale') and p.action in ${BRINGING}
  ), forgotten as (
    delete from changes c
    using waiting w
    where c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.record_id = w.record_id
      and c.action = 'update' and c.position is null and c.outcome is null and jsonb_array_length(c.diff) > 0
      and not exists (
        select 1
        from jsonb_array_elements(c.diff) d
        cross join lateral (select ${referredTo(`d ->> 'field'`)} as data_type) f
        where d ? 'before' or f.data_type is null or jsonb_typeof(d -> 'after') not in ('string', 'array')
          or exists (
            select 1
            from jsonb_array_elements(case jsonb_typeof(d -> 'after') when 'array' then d -> 'after' else jsonb_build_array(d -> 'after') end) u
            join records r on r.source_id = $2 and r.data_type = f.data_type
              and r.uid = case jsonb_typeof(u) when 'object' then u ->> 'uid' else u #>> '{}' end
            join changes p on p.record_id = r.id and p.task_id = $1 and p.data_type = r.data_type
            where p.action in ${BRINGING} and p.outcome is null
          )
      )
    returning c.record_id, c.earlier_task_id
  )
  update links l
  set task_id = f.earlier_task_id
  from forgotten f
  where l.target_id = ${t} and l.record_id = f.record_id and l.task_id = $1`;
