import type { FieldSelection } from '@rollcall/core';
import { type Reading, subset } from '../reading';
import { recordOf } from './record-of';
import { states } from './told-statement';

/** A record that a task looks at, as SQL expressions. */
export interface OwnStatement {
  resource: string;
  record: string;
  source: string;
  /** Whether the record stands for the resource already; a first link says everything anew. */
  linked: string;
  /** What it says before and after the task, and whether it says anything at all: one that left does not. */
  old: { payload: string; live: string };
  now: { payload: string; live: string };
}

/** Every source has a list of its own. */
const PER_SOURCE = `('ownerUids')`;
/** The uid of another record means something in its own source only, and the same one may mean two people. */
const REFERENCES = `('managerUid', 'parentUid')`;

/** Whether a reading's resources may be shared by records of several sources. */
export const isShareable = ({ rules, resource }: Reading): boolean => rules.owns && resource !== undefined;

const STARTED = '(select started_at from tasks where id = $1)';

/**
 * SQL: another record of the resource of link `l` has changed what it says, or left, since task `$1` began. What a large task
 * planned may not know of it, so the link stays behind: the next task of its source looks again.
 */
export const CHANGED_BESIDE = `exists (
    select 1 from links o
    ${recordOf('o', 'said')}
    where o.target_id = l.target_id and o.data_type = l.data_type and o.resource_id = l.resource_id
      and o.record_id <> l.record_id and (
        exists (select 1 from field_changes h where h.record_id = o.record_id and h.changed_at > ${STARTED})
        or said.gone is not null
          and exists (select 1 from tasks g where g.id = said.task_id and coalesce(g.finished_at, 'infinity') > ${STARTED})
      )
  )`;

/**
 * SQL: what record `r2` says, or what an undo put back instead. That somebody was enabled by one is no word that they are not disabled: it
 * wins over nobody who says so. Looked up by key.
 */
const STANDING = `coalesce((
            select b.payload - case when b.payload -> 'isDisabled' = 'false' and r2.payload -> 'isDisabled' = 'true' then 'isDisabled' else '' end
            from taken_back b where b.record_id = r2.id and b.version = r2.version
          ), r2.payload)`;

/**
 * SQL, jsonb: what all records that stand for a resource say together (rule 9). Of those that state a field the source
 * with the highest priority wins; between equals the record that changed the field last.
 *
 * `{before, after, fields, own}`: field → value as it was and as it is to be; `fields` names those that are settled, `own` those that the
 * record itself wins. What a
 * live record stated once and nobody states any more is settled, too: it is cleared. What an undo put back stands for what others say. What only records stated that left
 * is not: it stays. Nor is a reference that another source wins: its next task sets it.
 */
export function effective({ targetId, dataType, rules }: Reading, own: OwnStatement): string {
  const part = (payload: string): string => subset(rules.fields, payload);
  const order = (at: string): string => `f.priority desc, f.${at} desc nulls last, f.record_id desc`;
  return `(
    select jsonb_build_object(
      'before', coalesce(jsonb_object_agg(w.field, w.before) filter (where w.before is not null), '{}'),
      'after', coalesce(jsonb_object_agg(w.field, w.after) filter (where w.after is not null), '{}'),
      'fields', coalesce(jsonb_agg(w.field) filter (where w.stands and (w.field not in ${REFERENCES} or w.own)), '[]'),
      'own', coalesce(jsonb_agg(w.field) filter (where w.own), '[]')
    )
    from (
      select f.field, bool_or(f.live) as stands,
        (array_agg(f.old_value order by ${order('old_at')}) filter (where f.old_value is not null))[1] as before,
        (array_agg(f.value order by ${order('at')}) filter (where f.value is not null))[1] as after,
        coalesce((array_agg(f.own order by ${order('at')}) filter (where f.value is not null))[1], true) as own
      from (
        select s.record_id, s.priority, s.own, s.live, k.field,
          case when s.was_live and (s.own or k.field not in ${REFERENCES}) then s.old -> k.field end as old_value, h.changed_at as old_at,
          case when s.live then s.now -> k.field end as value,
          case when s.own and (not (${own.linked}) or s.old -> k.field is distinct from s.now -> k.field)
            then 'infinity' else h.changed_at end as at
        from (
          select r2.id as record_id, s2.priority, false as own, p2.part as old, p2.part as now,
            t2.live as was_live, t2.live
          from links l2
          ${recordOf('l2', 'r2')}
          cross join lateral (select priority from sources where id = r2.source_id offset 0) s2
          cross join lateral (select ${STANDING} as payload, ${states('r2')} as live offset 0) t2
          cross join lateral (select ${part('t2.payload')} as part) p2
          where l2.target_id = ${targetId} and l2.data_type = '${dataType}' and l2.resource_id = ${own.resource}
            and l2.state <> 'detached' and l2.record_id <> ${own.record}
          union all
          select ${own.record}, (select priority from sources where id = ${own.source}), true,
            ${part(own.old.payload)}, ${part(own.now.payload)}, ${own.old.live}, ${own.now.live}
        ) s
        cross join lateral (
          select jsonb_object_keys(s.old) union select jsonb_object_keys(s.now)
          union select c.field from field_changes c where c.record_id = s.record_id and ${selects(rules.fields, 'c.field')}
        ) k (field)
        left join lateral (
          select changed_at from field_changes where record_id = s.record_id and field = k.field offset 0
        ) h on true
        where k.field not in ${PER_SOURCE} or s.own
      ) f
      group by f.field
    ) w
  )`;
}

function selects(fields: FieldSelection, name: string): string {
  const [names, not] = 'except' in fields ? [fields.except, 'not '] : [fields.only, ''];
  if (names.length === 0) return not ? 'true' : 'false';
  return `${not}${name} in (${names.map((field) => `'${field.replaceAll("'", "''")}'`).join(', ')})`;
}
