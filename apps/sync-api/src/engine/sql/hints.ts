/** One after the other for each source: the order of their ids is the order in which they can be seen. $1 source. */
export const ALONE_WITH_HINTS = 'select from sources where id = $1 for no key update';

/**
 * Stores what may have changed at a source's vendor. Of several with one key the last one stays, at the end of the line.
 * $1 source, which nobody else stores hints of meanwhile, $2 hints.
 */
export const STORE_HINTS = `
  insert into hints (source_id, key, data)
  select $1, h.key, h.data from jsonb_to_recordset($2::jsonb) as h (key text, data jsonb)
  on conflict (source_id, key) do update
  set id = nextval('hints_id_seq'), data = excluded.data, received_at = now()`;

/**
 * Makes the task that reads a source's hints again, unless one waits already. $1 source, which nobody else does this for
 * meanwhile, $2 seconds until then. Returns its `id`.
 */
export const QUEUE_HINT_TASK = `
  insert into tasks (source_id, kind, status, hints_to, match_key, next_attempt_at)
  select id, 'event', 'queued', 0, nullif(array_to_string(match_key, ','), ''), clock_timestamp() + make_interval(secs => $2)
  from sources
  where id = $1 and deleted_at is null and not exists (
    select 1 from tasks where source_id = $1 and kind = 'event' and status = 'queued' and hints_to is not null
  )
  returning id, pg_notify('rollcall_tasks', id::text)`;

/** The hints of a source that wait, oldest first. $1 source. Returns `id, key, data`. */
export const WAITING_HINTS = 'select id, key, data from hints where source_id = $1 order by id';

/** Their plan is applied from here on. One that came again meanwhile has another id, and stays. $1 source, $2 the last of them. */
export const FORGET_HINTS = 'delete from hints where source_id = $1 and id <= $2';
