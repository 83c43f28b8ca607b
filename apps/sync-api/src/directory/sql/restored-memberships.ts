import { chooseMainDepartment } from '@rollcall/target-departments';
import { UNSTATED } from '../../engine/sql/unstated';
import { isLinkOf } from './linked-records';

/**
 * Puts a restored user back into the departments that their records listed last: what a source had deleted took them along.
 * A source of which something stands is left alone. $1 user.
 */
export const BRING_BACK_MEMBERSHIPS = `
  insert into memberships (user_id, department_id, source_id, position, flagged_main, is_owner)
  select distinct on (v.resource_id, r.source_id) k.resource_id, v.resource_id, r.source_id, listed.position,
    coalesce((listed.item ->> 'isMain')::boolean, false), coalesce((listed.item ->> 'isOwner')::boolean, false)
  from links k
  join records r on r.id = k.record_id and r.gone is distinct from '${UNSTATED}'
  cross join lateral jsonb_array_elements(
    case jsonb_typeof(r.payload -> 'departments') when 'array' then r.payload -> 'departments' else '[]' end
  ) with ordinality listed (item, position)
  join resolved_references v on v.source_id = r.source_id and v.data_type = 'department'
    and v.uid = coalesce(listed.item ->> 'uid', listed.item #>> '{}')
  where ${isLinkOf('user')} and k.resource_id = $1
    and not exists (select from memberships m where m.user_id = $1 and m.source_id = r.source_id)
  order by v.resource_id, r.source_id, listed.position`;

/** Run after it. $1 user. */
export const CHOOSE_MAIN = chooseMainDepartment('(select $1::bigint as user_id)');
