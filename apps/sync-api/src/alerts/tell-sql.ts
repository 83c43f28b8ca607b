/**
 * Makes an alert about a state of a source, unless the state `lasts` since it was told within a day. $1 kind, $2 source,
 * $3 reason, $4 what is told of the task, $5 the task, $6 that it takes the place of one that was in that state.
 */
const tellSql = (lasts: string): string => `
  with due as (
    insert into told as t (source_id, kind, reason) values (coalesce($2::bigint, 0), $1::text, $3::text)
    on conflict (source_id, kind, reason) do update set told_at = clock_timestamp()
    where not ($6 or ${lasts}) or t.told_at < clock_timestamp() - interval '1 day'
    returning 1
  )
  insert into alerts (kind, source_id, task) select $1, $2, $4::jsonb from due`;

/** SQL: why task `t` failed, or its read was cut short. `''`: each of its records did. */
const reasonOf = (t: string): string => `coalesce(${t}.error_code, ${t}.read_failure->>'code', '')`;

/** For as long as another plan of the source waits for the same reason. */
export const TELL_HELD = tellSql(`exists (
      select from tasks o where o.source_id = $2 and o.status = 'held' and o.held_reason = $3 and o.id <> $5
    )`);

/** For as long as the tasks of its kind fail for the same reason, one after the other. */
export const TELL_FAILED = tellSql(`coalesce((
      select (o.status = 'failed' or o.read_failure is not null) and ${reasonOf('o')} = $3
      from tasks o join tasks t on t.id = $5 and o.kind = t.kind and o.source_id is not distinct from t.source_id
      where (o.source_id = $2 or $2 is null) and o.id < $5 and not o.dry_run
        and o.status not in ('queued', 'running', 'held', 'cancelled')
      order by o.id desc limit 1
    ), false)`);

/** For as long as one of them fails within an hour: several scripts may push for one source, and only some of them fail. */
export const TELL_FAILED_PUSH = tellSql(`exists (
      select from tasks o
      where o.source_id = $2 and o.kind = 'push' and o.status = 'failed' and o.id <> $5
        and o.finished_at > now() - interval '1 hour' and ${reasonOf('o')} = $3
    )`);
