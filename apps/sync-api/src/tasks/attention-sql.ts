/**
 * Ids of the tasks that somebody should look at: plans that wait for a decision (not previews: whoever asked for one looks
 * at it anyway), and of each source the latest task when it failed, so that the next one that does not takes it away.
 */
export const NEEDING_ATTENTION = `
  select id from tasks where status = 'held' and held_reason <> 'preview'
  union all
  select l.id
  from sources s
  cross join lateral (
    select t.id, t.status from tasks t
    where t.source_id = s.id and t.status not in ('queued', 'running', 'cancelled') and not t.dry_run
    order by t.id desc limit 1
  ) l
  where s.deleted_at is null and l.status = 'failed'
  union all
  select l.id
  from (
    select t.id, t.status from tasks t
    where t.kind = 'purge' and t.source_id is null and t.status not in ('queued', 'running', 'cancelled')
    order by t.id desc limit 1
  ) l
  where l.status = 'failed'`;
