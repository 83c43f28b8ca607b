import type { Reading } from '../reading';

/** SQL: two field values mean the same: equal, lists in any order, nothing like null, and not disabled like false. */
export const sameValue = (field: string, a: string, b: string): string => {
  const plain = (value: string): string =>
    `nullif(nullif(${value}, 'null'), case when ${field} = 'isDisabled' then 'false'::jsonb end)`;
  return `coalesce(${plain(a)} = ${plain(b)} or (${plain(a)} @> ${plain(b)} and ${plain(b)} @> ${plain(a)}), ${plain(a)} is null and ${plain(b)} is null)`;
};

/**
 * A part of the statement that fills a batch, `kept`: notes what the target holds of everything that the batch, in
 * `filled`, is about to overwrite, where that is not what the record said before: another source or a hand wrote it, the
 * record was linked just now, or an earlier change failed. $1 task.
 *
 * A new uid is the record's, and no value of the resource. Where each source has statements of its own, the plan knows;
 * the target is only asked when the plan did not say.
 */
export function keepWritten({ targetId: t, dataType, rules, owner }: Reading): string {
  if (!rules.image) return '';
  const { resource } = owner;
  const unlocked =
    rules.owns && resource?.lockedColumn
      ? `and not exists (
          select 1 from ${resource.table} x
          where x.id = f.resource_id and case k when 'isDisabled' then 'status' else k end = any (x.${resource.lockedColumn})
        )`
      : '';
  // Whoever is linked enables them, also where nobody states that. An update leaves how they stand alone: an undo may have put that back.
  const enables = rules.owns && rules.canDisable ? ` or f.action = 'link' and k = 'isDisabled'` : '';
  const leavesLife = rules.owns && rules.canDisable ? ` and not (f.action = 'update' and k = 'isDisabled')` : '';
  // What is attached to somebody new hangs on the create; an undo need not know it.
  const asked = rules.owns
    ? ''
    : `and k.diff is null and not exists (
          select 1 from changes o
          where o.task_id = $1 and o.target_id = ${owner.targetId} and o.data_type = '${dataType}' and o.record_id = f.record_id
            and o.action = 'create' offset 0
        )`;
  // Each change is looked up by its key (`offset 0`): the changes of a task that was planned just now are not in the
  // statistics, and joined with each other they would be multiplied.
  return `, overwriting as materialized (
    select f.*, k.diff, k.noted
    from filled f
    cross join lateral (
      select c.diff, c.written as noted from changes c
      where c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.record_id = f.record_id offset 0
    ) k
    where f.action not in ('create', 'delete') ${asked}
  ), overwritten as materialized (
    select f.record_id, f.noted, nullif(w.differences, f.diff) as differences
    from overwriting f
    cross join lateral (select coalesce(${rules.image('f.resource_id', 'f.source_id')}, '{}') as held offset 0) i
    cross join lateral (
      select coalesce(jsonb_agg(
          jsonb_build_object('field', k, 'before', i.held -> k, 'after', f.payload -> k) order by k
        ), '[]') || coalesce((select jsonb_agg(d) from jsonb_array_elements(f.diff) d where d ->> 'field' = 'uid'), '[]')
        as differences
      from (select jsonb_object_keys(i.held) union select jsonb_object_keys(f.payload)) keys (k)
      where (f.changed is null or k = any (f.changed)${enables}) and not ${sameValue('k', 'i.held -> k', 'f.payload -> k')}${leavesLife}
        ${unlocked}
    ) w
  ), kept as (
    update changes c
    set written = w.differences
    from overwritten w
    where c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.record_id = w.record_id
      and w.noted is distinct from w.differences
  )`;
}
