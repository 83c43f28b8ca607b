/** One after the other for each source: the order of their ids is the order in which they can be seen. $1 source. */
export const ALONE_WITH_HINTS = 'select from sources where id = $1 for no key update';

/** SQL: a hint takes the place of the one with its key, at the end of the line. */
const LAST_STAYS = `on conflict (source_id, key) do update
  set id = nextval('hints_id_seq'), data = excluded.data, received_at = now()`;

/**
 * Stores what may have changed at a source's vendor. Of several with one key the last one stays, at the end of the line.
 * $1 source, which nobody else stores hints of meanwhile, $2 hints.
 */
export const STORE_HINTS = `
  insert into hints (source_id, key, data)
  select $1, h.key, h.data from jsonb_to_recordset($2::jsonb) as h (key text, data jsonb)
  ${LAST_STAYS}`;

/**
 * Makes the task that reads a source's hints again, unless one waits already that is still to read: not one that only goes on with
 * what it has read. $1 source, which nobody else does this for meanwhile, $2 seconds until then. Returns its `id`.
 */
export const QUEUE_HINT_TASK = `
  insert into tasks (source_id, kind, status, hints_to, match_key, next_attempt_at)
  select id, 'event', 'queued', 0, nullif(array_to_string(match_key, ','), ''), clock_timestamp() + make_interval(secs => $2)
  from sources
  where id = $1 and deleted_at is null and not exists (
    select 1 from tasks
    where source_id = $1 and kind = 'event' and status = 'queued' and hints_to is not null and read_at is null and approved_at is null
  )
  returning id, pg_notify('rollcall_tasks', id::text)`;

/** The hints of a source that wait, oldest first. $1 source. Returns `id, key, data`. */
export const WAITING_HINTS = 'select id, key, data from hints where source_id = $1 order by id';

/**
 * Their plan is applied from here on. One that came again meanwhile has another id, and stays. $1 source, $2 the last of them.
 * Returns `n`, how many were there still.
 */
export const FORGET_HINTS = `
  with forgotten as (delete from hints where source_id = $1 and id <= $2 returning id)
  select count(*)::int as n from forgotten`;

/** What an earlier try of a task left open: it reads again. $1 task. */
export const DROP_OPEN_HINTS = 'delete from open_hints where task_id = $1';

/** Keeps what a read left open until its plan is released. $1 task, $2 hints, distinct by key. */
export const KEEP_OPEN_HINTS = `
  insert into open_hints (task_id, position, key, data)
  select $1, h.position, h.key, h.data
  from rows from (jsonb_to_recordset($2::jsonb) as (key text, data jsonb)) with ordinality as h (key, data, position)`;

/** What a task left open waits now, behind all others. $1 source, which nobody else stores hints of meanwhile, $2 task. */
export const STORE_OPEN_HINTS = `
  with open as (delete from open_hints where task_id = $2 returning position, key, data)
  insert into hints (source_id, key, data)
  select $1, key, data from open order by position
  ${LAST_STAYS}`;
