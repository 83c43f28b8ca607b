import type { Action, Batch } from '@rollcall/core';
import type { FeedAction } from '../../feed/tell';
import { BUILT_IN_TARGETS } from '../../targets/target.entity';
import type { Reading } from '../reading';

const TOLD_AS: Readonly<Record<Action, FeedAction>> = {
  create: 'created',
  update: 'updated',
  disable: 'disabled',
  delete: 'deleted',
  restore: 'restored',
  link: 'updated',
};

/**
 * SQL, a part of ending a batch: tells the feed whom the batch changed, in one row an action. Who was in a department that
 * goes or comes back is told, too: it is shown with them no more, or again. What a target of a third party attaches to
 * somebody is no part of a user. $1 task.
 */
export function tellAccepted(reading: Reading, actions: Batch['actions']): string {
  const { targetName, owner, rules, resource } = reading;
  if (!BUILT_IN_TARGETS.includes(targetName)) return '';
  const cases = Object.entries(TOLD_AS).map(([action, told]) => `when '${action}' then '${told}'`);
  const action = rules.owns ? `case action ${cases.join(' ')} end` : `'updated'`;
  const told = `told as (
    insert into feed (data_type, action, ids, n, task_id)
    select '${owner.dataType}', ${action}, array_agg(resource_id), count(*), $1 from accepted group by 2
  ), `;
  if (!resource?.membersOf || !(actions.delete || actions.restore)) return told;
  return `${told}told_members as (
    insert into feed (data_type, action, ids, n, task_id)
    select 'user', 'updated', array_agg(distinct m.user_id), count(distinct m.user_id), $1
    from accepted b cross join lateral (${resource.membersOf('b.resource_id')}) m
    where b.action in ('delete', 'restore')
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
    from referrers group by data_type
  )`;
