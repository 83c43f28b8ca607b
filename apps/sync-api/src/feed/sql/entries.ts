/**
 * The next entries after a cursor, a row for each user or department: $1 position up to which all is told, $2 ids of the next
 * row that are told, too, $3 how many at most. Of rows that hold thousands of ids only those are unpacked that are wanted.
 *
 * Returns `position, skip` (the cursor behind the entry), `at, dataType, action, id, task` (JSON; null: by hand).
 */
export const ENTRIES = `
  with ahead as (
    select position, at, data_type, action, ids, n, task_id from feed
    where position > $1 order by position limit $3::integer + 1
  ), counted as (
    select a.*, sum(n) over (order by position) - n as before, lag(position, 1, $1) over (order by position) as last
    from ahead a
  )
  select case when i.place = c.n then c.position else c.last end as position,
    case when i.place = c.n then 0 else i.place end as skip,
    c.at, c.data_type as "dataType", c.action, i.id,
    case when c.task_id is not null then json_build_object('id', c.task_id, 'source', s.name) end as task
  from counted c
  cross join lateral unnest(c.ids) with ordinality i (id, place)
  left join tasks t on t.id = c.task_id
  left join sources s on s.id = t.source_id
  where c.before < $2::bigint + $3 and c.before + i.place > $2 and c.before + i.place <= $2::bigint + $3
  order by c.position, i.place`;

/** Whether the row after position $1 has more than $2 ids. Returns `goesOn`. */
export const GOES_ON = `
  select coalesce((select n > $2::bigint from feed where position > $1::bigint order by position limit 1), false) as "goesOn"`;

/** The next users or departments that are not deleted: $1 after this id, $2 how many at most. Returns `id`. */
export const EXISTING = {
  user: 'select id from users where id > $1 and deleted_at is null order by id limit $2',
  department: 'select id from departments where id > $1 and deleted_at is null order by id limit $2',
} as const;
