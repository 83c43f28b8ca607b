import type { Action, Batch } from '@rollcall/core';
import type { FeedAction } from '../../feed/tell';
import { departmentsOwnedBy } from '../../feed/sql/owned';
import { isShown } from '../../feed/sql/shown';
import { BUILT_IN_TARGETS } from '../../targets/target.entity';
import type { Reading } from '../reading';
import { referenceField } from './reference-field';
import { wroteNothing } from './wrote-nothing';

const TOLD_AS: Readonly<Record<Action, FeedAction>> = {
  create: 'created',
  update: 'updated',
  disable: 'disabled',
  delete: 'deleted',
  restore: 'restored',
  link: 'updated',
};

/**
 * SQL, a part of ending a batch: tells the feed whom the batch changed, in one row an action, and who is shown otherwise for
 * that: who is in a department that goes or comes back or has other owners, and which departments are owned by somebody who
 * goes or comes back. What a target of a third party attaches to somebody is no part of a user. $1 task. `unset`: the statement
 * finds out in `still_waits` what wrote nothing but a reference that waits on.
 */
export function tellAccepted(reading: Reading, actions: Batch['actions'], unset = false): string {
  const { targetName, owner, rules } = reading;
  if (!BUILT_IN_TARGETS.includes(targetName)) return '';
  const cases = Object.entries(TOLD_AS).map(([action, told]) => `when '${action}' then '${told}'`);
  const action = rules.owns ? `case b.action ${cases.join(' ')} end` : `'updated'`;
  // Neither is asked of who is new with this task: of a first read that would be everybody.
  const isNew = `(b.changed is null and b.linked is not true)`;
  const tells = [
    `(${isNew} or b.action <> 'update' or not (${nothingWritten(reading, unset)} or ${showsAsBefore(reading)}))`,
  ];
  if (!rules.owns) tells.push(`(${isNew} or ${isShown(`'${owner.dataType}'`, 'b.resource_id')})`);
  return `told as (
    insert into feed (data_type, action, ids, n, task_id)
    select '${owner.dataType}', ${action}, array_agg(b.resource_id), count(*), $1 from accepted b
    where ${tells.join(' and ')}
    group by 2
  ), ${reading.dataType === 'department' ? toldMembers(reading, actions) : ''}${rules.owns && reading.dataType === 'user' ? toldOwned(reading, actions) : ''}`;
}

/** SQL: the change of row `b` wrote nothing. Looked up by key: the changes of a task are not in the statistics yet. */
function nothingWritten({ targetId, dataType }: Reading, unset: boolean): string {
  const unchanged = `exists (
      select from changes c
      where c.task_id = $1 and c.target_id = ${targetId} and c.data_type = '${dataType}' and c.record_id = b.record_id
        and ${wroteNothing('c')}
      offset 0
    )`;
  return unset
    ? `${unchanged} or exists (select from still_waits w where w.record_id = b.record_id and w.written = '[]')`
    : unchanged;
}

/**
 * SQL: the change of row `b` attaches to somebody, or takes away, references to what is not known yet, and nothing else: nobody
 * is shown those. What is the target's own shows at least that it was written.
 */
function showsAsBefore({ targetId, dataType, rules }: Reading): string {
  if (rules.owns) return 'false';
  const waited = `from waiting_references n where n.target_id = ${targetId} and n.record_id = b.record_id`;
  const waits = 'from batch_waiting n where n.record_id = b.record_id';
  const known = (side: 'before' | 'after', unknown: string): string => `(
            select coalesce(jsonb_agg(item order by place), '[]')
            from jsonb_array_elements(case jsonb_typeof(d -> '${side}') when 'array' then d -> '${side}' else '[]' end)
              with ordinality l (item, place)
            where not exists (select ${unknown} and n.uid = coalesce(item ->> 'uid', item #>> '{}'))
          )`;
  return `(exists (select ${waits}) or exists (select ${waited})) and exists (
      select from changes c
      cross join lateral (select coalesce(c.written, c.diff) as differences) w
      where c.task_id = $1 and c.target_id = ${targetId} and c.data_type = '${dataType}' and c.record_id = b.record_id
        and w.differences is not null and not exists (
          select from jsonb_array_elements(w.differences) d
          where d ->> 'field' <> ${referenceField(`'${dataType}'`, `'department'`)}
            or ${known('before', waited)} <> ${known('after', waits)}
        )
      offset 0
    )`;
}

function toldMembers({ targetId, resource }: Reading, actions: Batch['actions']): string {
  if (!resource?.membersOf) return '';
  if (!Object.entries(actions).some(([action, n]) => action !== 'create' && n > 0)) return '';
  return `told_members as (
    insert into feed (data_type, action, ids, n, task_id)
    select 'user', 'updated', array_agg(distinct t.user_id), count(distinct t.user_id), $1
    from (
      select m.user_id
      from accepted b cross join lateral (${resource.membersOf('b.resource_id')}) m
      where b.action in ('delete', 'restore')
      union all
      select o.user_id
      from (
        select b.resource_id, k.resource_id as user_id
        from accepted b ${changedOwners(targetId)}
        where 'ownerUids' = any (b.changed)
        group by b.record_id, b.resource_id, k.resource_id having count(*) = 1
      ) o
      where exists (select from (${resource.membersOf('o.resource_id')}) m where m.user_id = o.user_id)
    ) t
    having count(*) > 0
  ), `;
}

/**
 * SQL: joins to department `b` of a batch who owns it (`k.resource_id`), and once more who did before. Each is looked up by its
 * key: a join would read all that the source has, for each department again.
 */
const changedOwners = (targetId: number): string => `
        cross join lateral (
          select coalesce(c.written, c.diff) as differences from changes c
          where c.task_id = $1 and c.target_id = ${targetId} and c.data_type = 'department' and c.record_id = b.record_id
          offset 0
        ) c
        join lateral jsonb_array_elements(c.differences) f (difference) on f.difference ->> 'field' = 'ownerUids'
        cross join lateral (select ${uidsOf('before')} union all select ${uidsOf('after')}) o (uid)
        cross join lateral (
          select id from records where source_id = b.source_id and data_type = 'user' and uid = o.uid offset 0
        ) r
        cross join lateral (
          select l.resource_id from links l
          where l.target_id = (select id from targets where name = 'users') and l.record_id = r.id and l.data_type = 'user'
            and l.state <> 'detached'
          offset 0
        ) k`;

const uidsOf = (side: 'before' | 'after'): string =>
  `distinct jsonb_array_elements_text(case jsonb_typeof(f.difference -> '${side}') when 'array' then f.difference -> '${side}' else '[]' end)`;

/** To be enabled again is a `restore`, too, but of somebody who was shown all along. */
function toldOwned({ targetId }: Reading, actions: Batch['actions']): string {
  if (!actions.delete && !actions.restore) return '';
  return `told_owned as (
    insert into feed (data_type, action, ids, n, task_id)
    select 'department', 'updated', array_agg(distinct d.department_id), count(distinct d.department_id), $1
    from accepted b cross join lateral (${departmentsOwnedBy('b.resource_id')}) d
    where b.action = 'delete' or b.action = 'restore' and exists (
      select 1 from links l where l.target_id = ${targetId} and l.record_id = b.record_id and l.state = 'deleted'
    )
    having count(*) > 0
  ), `;
}

/**
 * SQL: tells the feed who is called by another uid from now on, from the relation `renamed` of records (`id`). That shows whether
 * or not the rename is a change: nothing touches who is protected, and a change may fail. $1 task.
 */
export const toldRenamed = (renamed: string): string => `told as (
    insert into feed (data_type, action, ids, n, task_id)
    select k.data_type, 'updated', array_agg(distinct k.resource_id), count(distinct k.resource_id), $1
    from ${renamed} n
    join links k on k.record_id = n.id and k.state <> 'detached'
    join targets t on t.id = k.target_id and t.name = k.data_type || 's'
    where ${isShown('k.data_type', 'k.resource_id')}
    group by k.data_type
  )`;

/** Tells the feed what is about to be removed for good: what stands in `purged`. $1 task. */
export const tellPurgedSql = ({ dataType }: Reading): string => `
  insert into feed (data_type, action, ids, n, task_id)
  select '${dataType}', 'purged', array_agg(id), count(*), $1 from purged having count(*) > 0`;

/** SQL: tells the feed who referred to what was purged, from the relation `referrers`. $1 task. */
export const TOLD_REFERRERS = `told as (
    insert into feed (data_type, action, ids, n, task_id)
    select data_type, 'updated', array_agg(distinct resource_id), count(distinct resource_id), $1
    from referrers f where ${isShown('f.data_type', 'f.resource_id')} group by data_type
  )`;
