import type { Reading } from '../reading';
import { takesBack } from './taken-back';
import { toldGone, toldPayload, UNDONE, withTakenBack } from './told-statement';

/** SQL: a reference to somebody whom the source does not know is not the record's to state. */
const IS_FOREIGN = `d ->> 'field' in ('managerUid', 'parentUid') and jsonb_typeof(d -> 'after') = 'object'`;

/** SQL: the record left with the task that this is about, and its person stayed here, as others stated them. */
const LEFT_AND_STAYED = `r.gone is not null and r.task_id = u.undo_root and coalesce(l.action, 'update') = 'update'`;

/** SQL: that is taken back: what the record had said of them stands again. */
const STAYED_FOR_OTHERS = `${LEFT_AND_STAYED} and ${takesBack('u')} and own.state in ('active', 'disabled')`;

/** SQL: the undo of that is undone: elsewhere they go as the record says, also when another undo has brought its person back meanwhile. */
const LEAVES_AGAIN = `${LEFT_AND_STAYED} and not ${takesBack('u')}`;

/** SQL: the record came with the task that this is about. Each undo since has made one version of it. */
const CAME_WITH_IT = `r.task_id = u.undo_root and r.version = u.undo_depth`;

/** SQL: as `own`, how whom the record stands for stands here. */
const OWN = `left join lateral (
      select k.state from links k
      where k.target_id = (select id from targets where name = r.data_type || 's') and k.record_id = r.id
      offset 0
    ) own on true`;

/** SQL: fields of which a resource holds less than its record says: references may be awaited, and lists are told by their changes. */
const NOT_HELD = `array['isDisabled', 'departments', 'ownerUids', 'managerUid', 'parentUid']`;

/**
 * SQL: as `h`, of who comes back by the undo: what they hold, and which of it hands have locked. What a record said when it left was
 * never written here, so the record does not tell.
 */
const held = (readings: readonly Reading[]): string => `left join lateral (
      ${[
        'select null::jsonb as values, null::text[] as locked, false as shared where false',
        ...readings.filter(({ targetName, dataType }) => targetName === `${dataType}s`).map(heldBy),
      ].join('\n      union all\n      ')}
    ) h on true`;

const heldBy = ({ targetId, dataType, rules, resource }: Reading): string =>
  `select ${rules.image?.('x.id', '$2') ?? 'null'}, ${resource?.lockedColumn ? `x.${resource.lockedColumn}` : "'{}'"}, k.shared
      from links k join ${resource?.table ?? ''} x on x.id = k.resource_id
      where l.action = 'restore' and r.gone is not null and r.data_type = '${dataType}'
        and k.target_id = ${targetId} and k.record_id = r.id and k.state <> 'detached'`;

/** SQL: what targets elsewhere get of the record, with what its resource holds in place of what was said of it when it left. */
const STANDS = `case when h.values is null then ${toldPayload()}
        else (${toldPayload()} - array(
          select k from jsonb_object_keys(${toldPayload()}) k where not k = any (${NOT_HELD} || h.locked)
        )) || coalesce((
          select jsonb_object_agg(key, value) from jsonb_each(h.values)
          where not key = any (${NOT_HELD} || h.locked) and (not h.shared or ${toldPayload()} ? key)
        ), '{}') end`;

/**
 * Notes for targets elsewhere what an undo put back here: of each record that it changed, what that says with the values that stand here
 * again. Who was made by the undone task is taken away, and who went by it is there. That is a new version of the record, as those
 * targets know which word is the later one by that; the links here are not behind it. What those targets were told is looked at again.
 * $1 the undo, $2 source, $3 the targets that the undo applied, $4 types of targets elsewhere.
 */
export const takeBackSql = (readings: readonly Reading[]): string => `
  with done as materialized (
    select c.record_id, c.action, c.link_state, c.diff, t.name = c.data_type || 's' as owns
    from changes c join targets t on t.id = c.target_id
    where c.task_id = $1 and coalesce(c.outcome, 'applied') = 'applied' and c.action is not null and c.target_id = any ($3::smallint[])
  ), lives as (
    select record_id, min(action) filter (where owns) as action, min(link_state) filter (where owns) as link_state,
      coalesce(jsonb_agg(diff) filter (where link_state is distinct from 'detached'), '[]') as diffs
    from done group by record_id
  ), told as materialized (
    select r.id, r.version,
      case
        when l.action = 'delete' or l.link_state = 'detached' and ${CAME_WITH_IT} then '${UNDONE}'
        when ${LEAVES_AGAIN} then r.gone
        when l.action = 'restore' or ${STAYED_FOR_OTHERS} then null
        when l.action = 'link' then r.gone
        else ${toldGone()}
      end as gone,
      case
        -- What others say from now on is none of its account.
        when ${LEAVES_AGAIN} then ${toldPayload()}
        else (${STANDS} - array(select key from jsonb_each(f.after)))
          || coalesce((select jsonb_object_agg(key, value) from jsonb_each(f.after) where value <> 'null'), '{}')
          || case
            when l.action = 'disable' or l.action = 'restore' and l.link_state = 'disabled' or ${STAYED_FOR_OTHERS} and own.state = 'disabled' then '{"isDisabled": true}'::jsonb
            when l.action = 'restore' and coalesce(f.after -> 'isDisabled', ${toldPayload()} -> 'isDisabled') = 'true' then '{"isDisabled": false}'
            else '{}'
          end
      end as payload,
      ${LEAVES_AGAIN} as leaves_again
    from lives l
    cross join (select undo_root, undo_depth from tasks where id = $1) u
    join records r on r.id = l.record_id and r.source_id = $2
    ${withTakenBack()}
    ${OWN}
    ${held(readings)}
    cross join lateral (
      select coalesce(jsonb_object_agg(d ->> 'field', d -> 'after'), '{}') as after
      from jsonb_path_query(l.diffs, 'lax $[*][*] ? (@.field != "uid")') d where not (${IS_FOREIGN})
    ) f
  ), kept_up as (
    update links l
    set version = case when l.version = n.version then n.version + 1 else l.version end,
      restored_version = case when n.leaves_again then null when l.restored_version = n.version then n.version + 1 else l.restored_version end
    from told n cross join targets t
    where t.type <> all ($4::text[]) and l.target_id = t.id and l.record_id = n.id and n.version in (l.version, l.restored_version)
  ), newer as (
    update records r set version = n.version + 1 from told n where r.id = n.id
  ), noted as (
    insert into taken_back (record_id, version, gone, payload, task_id)
    select id, version + 1, gone, payload, $1 from told
    on conflict (record_id) do update
    set version = excluded.version, gone = excluded.gone, payload = excluded.payload, task_id = excluded.task_id,
      taken_back_at = excluded.taken_back_at
  )
  update links l set dirty = true
  from told k cross join (select id from targets where type = any ($4::text[])) t
  where l.target_id = t.id and l.record_id = k.id and l.state <> 'detached' and not l.dirty`;
