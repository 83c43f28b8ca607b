import type { Reading } from '../reading';
import { referenceField } from './reference-field';
import { states, toldPayload, withTakenBack } from './told-statement';

/** For so long a source's removals count against the limits of its next pushes and events (rule 17). */
export const WINDOW = '60 minutes';

const DEPARTMENTS = 'departments';

/** SQL: what a change of a plan is about: of one that looks at everything again, what it found to differ. */
export const SHOWN = 'coalesce(diff, written)';

/** JSON path: the difference says that somebody is disabled. */
const SAYS_DISABLED = '@.field == "isDisabled" && @.after == true';

/** SQL: whether a diff takes a value away, or may take memberships or access away: worth looking at closely. */
export const losesAny = (diff: string): string =>
  `coalesce(jsonb_path_exists(${diff}, '$[*] ? (@.before != null && (!(@.after != null) || @.field == "${DEPARTMENTS}") || ${SAYS_DISABLED})'), false)`;

/** SQL: whom change `c`, which comes to a difference, takes away: it deletes or disables them, be it as its record takes them over. */
const takes = (diff: string): string => `case
        when c.action in ('delete', 'disable') then c.action
        when c.action = 'link' and ${diff} @? '$[*] ? (${SAYS_DISABLED})' then 'disable'
      end`;

/** SQL, jsonb: what a field has when it has nothing: no value, or a list without any. */
const NOTHING = `('null', '[]')`;

/** SQL: one difference takes a stored value away. To be enabled again is no loss. */
export const clears = (difference: string): string =>
  `(${difference} -> 'before' not in ${NOTHING} and coalesce(${difference} -> 'after', 'null') in ${NOTHING} and ${difference} ->> 'field' <> 'isDisabled')`;

const listOf = (value: string): string =>
  `jsonb_array_elements(case when jsonb_typeof(${value}) = 'array' then ${value} else '[]' end)`;

/** SQL: the departments that one difference drops, as rows `was` of the list that was there before. */
export const droppedDepartments = (difference: string): string => `
  select d.was from ${listOf(`${difference} -> 'before'`)} d (was)
  where ${difference} ->> 'field' = '${DEPARTMENTS}' and not exists (
    select 1 from ${listOf(`${difference} -> 'after'`)} a (is_now) where a.is_now ->> 'uid' = d.was ->> 'uid'
  )`;

const lengthOf = (value: string): string =>
  `case when jsonb_typeof(${value}) = 'array' then jsonb_array_length(${value}) else 0 end`;

/** SQL: so many of the `d.n` memberships that difference `f` took away have no other one in their place. */
const NOT_REPLACED = `least(d.n, greatest(0, ${lengthOf(`f.difference -> 'before'`)} - ${lengthOf(`f.difference -> 'after'`)}))`;

/** What is known of uids that were given up for others (rule 11): earlier ones, and those of the plan's own read. */
export interface Renamed {
  earlier: boolean;
  /** Where the plan's own renames are staged; null: it has none. */
  staging: string | null;
}

/** SQL: the record of change `c` refers to this uid by a field, and waits for it: what was never there is not lost. Looked up by key. */
const neverCame = (field: string, uid: string): string => `exists (
          select from waiting_references w
          where w.target_id = c.target_id and w.record_id = c.record_id and w.uid = ${uid} and ${referenceField('c.data_type', 'w.data_type')} = ${field}
        )`;

/**
 * What a plan takes away, and what its source took away within the window. $1 task, $2 source, $3 whether the window counts:
 * then of tasks that ended, what was applied, was not approved by an admin and has not been taken back. A membership that
 * goes with its user, or that a deleted department takes with it, counts once; so does somebody who goes again and again.
 *
 * A department that has another uid by now is no other one. (`not in`, not `not exists`: nobody can guess how much is counted,
 * and a list that is made once ends for any number.)
 *
 * Notes on the task that it removes something. Returns one row for each limit and data type of which the plan takes
 * anything, and after that of cleared values one for each field (`of_field`): `limited, data_type, planned, recent, gone` (those of both that are not there any more: the record left before, the
 * membership has no other one in its place; and whom the plan takes over, where it disables some of them as it does), `fields` (cleared
 * ones).
 */
export function lossesSql(readings: readonly Reading[], renamed: Renamed): string {
  const owned = either(readings.filter(({ rules, remote }) => rules.owns && !remote));
  const attached = either(readings.filter(({ rules }) => !rules.owns));
  return `
  with counting (task_id, recent) as (
    select $1::bigint, false
    union all
    select t.id, true from tasks t
    where $3 and t.source_id = $2 and t.removes and t.finished_at > now() - interval '${WINDOW}' and t.id <> $1
      and t.approved_at is null and t.status in ('succeeded', 'partially_succeeded', 'failed', 'cancelled')
      and not exists (select 1 from tasks u where u.undoes = t.id and u.status = 'succeeded')
  ), counted as materialized (
    select n.recent, c.task_id, c.target_id, c.data_type, c.record_id, c.uid, c.action, ${takes('d.diff')} as takes, d.diff
    from counting n
    join changes c on c.task_id = n.task_id and (c.outcome is null or n.recent and c.outcome = 'applied')
    cross join lateral (select ${SHOWN} as diff) d
    where c.action in ('delete', 'disable') or ${losesAny('d.diff')}
  ), deleted as materialized (
    select task_id, target_id, data_type, record_id, uid from counted where action = 'delete'
  ), planned as materialized (
    select takes, record_id from counted where not recent and takes is not null and record_id is not null
  ), renamed (uid, uid_now) as materialized (
    ${renamedDepartments(renamed)}
  ), lost (recent, limited, data_type, field, n, gone) as (
    select c.recent, case c.takes when 'delete' then 'deletes' else 'disables' end, c.data_type, null::text,
      count(*) filter (where not c.recent) + count(distinct c.record_id) filter (where c.recent),
      count(*) filter (where not c.recent and c.left_before)
        + count(distinct c.record_id) filter (where c.recent and c.left_before)
        + case when bool_or(not c.recent and c.action = 'link') then (
            select count(*) from changes c where c.task_id = $1 and c.action = 'link' and c.outcome is null and ${owned}
          ) else 0 end
    from (
      select c.*, exists (select 1 from records r where r.id = c.record_id and r.gone is not null) as left_before
      from counted c
      where ${owned} and c.takes is not null
    ) c
    where not c.recent or (c.takes, c.record_id) not in (select takes, record_id from planned)
    group by 1, 2, 3
    union all
    select c.recent, 'cleared', c.data_type, f.difference ->> 'field', count(*), 0
    from counted c cross join lateral jsonb_array_elements(c.diff) f (difference)
    where ${owned} and c.action <> 'delete' and ${clears('f.difference')} and not ${neverCame(`f.difference ->> 'field'`, `f.difference ->> 'before'`)}
    group by 1, 2, 3, 4
    union all
    select c.recent, 'memberships', 'user', null, sum(d.n), coalesce(sum(${NOT_REPLACED}) filter (where c.recent), 0)
    from counted c
    cross join lateral jsonb_array_elements(c.diff) f (difference)
    cross join lateral (
      select count(*) as n from (${droppedDepartments('f.difference')}) d
      where not exists (
          select 1 from ${listOf(`f.difference -> 'after'`)} a (is_now)
          join renamed n on n.uid_now = a.is_now ->> 'uid'
          where n.uid = d.was ->> 'uid'
        )
        and (c.task_id, coalesce(d.was ->> 'uid', '')) not in (
          select task_id, uid from deleted where data_type = 'department' and uid is not null
        )
        and not ${neverCame(`'${DEPARTMENTS}'`, `d.was ->> 'uid'`)}
    ) d
    where ${attached}
      and (c.task_id, c.data_type, c.record_id) not in (select task_id, data_type, record_id from deleted)
      and d.n > 0
    group by 1
    ${readings.map((reading) => withDepartment(reading, readings)).join('')}
  ), noted as (
    update tasks set removes = true where id = $1 and exists (select 1 from lost where not recent)
  )
  select limited, data_type, sum(n) filter (where not recent)::int as planned,
    coalesce(sum(n) filter (where recent), 0)::int as recent, sum(gone)::int as gone,
    coalesce(array_agg(distinct field) filter (where field is not null), '{}') as fields, grouping(field) = 0 as of_field
  from lost group by grouping sets ((limited, data_type), (limited, data_type, field))
  having sum(n) filter (where not recent) > 0 and (grouping(field) = 1 or field is not null)
  order by array_position(array['deletes', 'disables', 'memberships', 'cleared'], limited), data_type desc, grouping(field) desc, min(field)`;
}

/** SQL: departments that have another uid by now, or will have with this plan: `uid, uid_now`. */
function renamedDepartments({ earlier, staging }: Renamed): string {
  const uids = ['select null::text, null::text where false'];
  if (earlier) uids.push(`select uid, uid_now from earlier_uids where source_id = $2 and data_type = 'department'`);
  if (staging !== null) {
    uids.push(
      `select uid, renamed_to from ${staging} where task_id = $1 and data_type = 'department' and renamed_to is not null`,
    );
  }
  return uids.join('\n    union all\n    ');
}

const either = (readings: readonly Reading[]): string =>
  `(${['false', ...readings.map((r) => `c.target_id = ${r.targetId} and c.data_type = '${r.dataType}'`)].join(' or ')})`;

/** Members of departments that are deleted; those who are deleted themselves count there. */
function withDepartment({ targetId, dataType, resource }: Reading, readings: readonly Reading[]): string {
  if (!resource?.membersOf) return '';
  const users = readings.filter((r) => r.dataType === 'user' && r.rules.owns && !r.remote);
  return `union all
    select c.recent, 'memberships', 'user', null, count(*), count(*) filter (where c.recent)
    from counted c
    join links l on l.target_id = c.target_id and l.record_id = c.record_id
    cross join lateral (${resource.membersOf('l.resource_id')}) m
    where c.target_id = ${targetId} and c.data_type = '${dataType}' and c.action = 'delete'
      ${users
        .map(
          ({ targetId: t }) => `and (c.task_id, m.user_id) not in (
        select o.task_id, ol.resource_id
        from deleted o
        cross join lateral (
          select l.resource_id from links l where l.target_id = ${t} and l.record_id = o.record_id offset 0
        ) ol
        where o.target_id = ${t} and o.data_type = 'user'
      )`,
        )
        .join('')}
    group by 1
    `;
}

/** SQL: record `r` stands for somebody who is here: what failed has nobody who could go. $2 data type. */
const STANDS_FOR_SOMEBODY = `exists (
      select from links l
      where l.target_id = (select id from targets where name = $2 || 's') and l.record_id = r.id and l.state not in ('deleted', 'detached')
    )`;

/** SQL: how many live records of a data type a source has, counted no further than `$3` (null: to the end). $1 source, $2 type. */
export const LIVE_RECORDS = `
  select count(*)::int as live from (
    select 1 from records r where r.source_id = $1 and r.data_type = $2 and r.gone is null and ${STANDS_FOR_SOMEBODY} limit $3
  ) r`;

/** SQL: how many values they have in the fields $4, what an undo put back among them. $1 to $3 as above. */
export const LIVE_VALUES = `
  select count(*)::int as live from (
    select 1 from records r ${withTakenBack()} cross join unnest($4::text[]) f (field)
    where r.source_id = $1 and r.data_type = $2 and r.gone is null and ${toldPayload()} -> f.field not in ${NOTHING}
      and ${STANDS_FOR_SOMEBODY}
    limit $3
  ) r`;

/** SQL: the same of each field by itself: `field, live`. $1 source, $2 type, $3 fields, $4 how far each is counted (null: to the end). */
export const LIVE_VALUES_BY_FIELD = `
  select f.field, c.live
  from unnest($3::text[], $4::int[]) f (field, enough)
  cross join lateral (
    select count(*)::int as live from (
      select 1 from records r ${withTakenBack()}
      where r.source_id = $1 and r.data_type = $2 and r.gone is null and ${toldPayload()} -> f.field not in ${NOTHING}
        and ${STANDS_FOR_SOMEBODY}
      limit f.enough
    ) r
  ) c`;

/**
 * SQL: how many people are in the departments of a source, counted no further than `$2` (null: to the end); not what its
 * records list: a department that is not there takes nobody in. $1 source.
 */
export function liveMembershipsSql(readings: readonly Reading[]): string {
  const members = readings.flatMap(({ targetId, dataType, resource }) =>
    resource?.membersOf
      ? `select 1 from records r
         join links l on l.target_id = ${targetId} and l.record_id = r.id and l.state not in ('deleted', 'detached')
         cross join lateral (${resource.membersOf('l.resource_id')}) m
         where r.source_id = $1 and r.data_type = '${dataType}' and ${states('r')}`
      : [],
  );
  return `
  select count(*)::int as live from (
    ${['select 1 where $1::bigint is null', ...members].join(' union all ')} limit $2
  ) m`;
}
