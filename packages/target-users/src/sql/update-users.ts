import type { Batch } from '@rollcall/core';
import { customOf, finalValue, KNOWN_FIELDS, TEXT_FIELDS, writes } from '../columns';

const KNOWN = `array[${KNOWN_FIELDS.map((field) => `'${field}'`).join(', ')}]`;

const CUSTOM = `case
          when b.changed is null
          then (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(u.custom) where key = any (u.locked_fields))
            || (${customOf('b.payload')} - u.locked_fields)
          when b.changed <@ ${KNOWN} then u.custom
          else (u.custom - array(select c from unnest(b.changed) c where not c = any (u.locked_fields)))
            || (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(${customOf('b.payload')})
                where key = any (b.changed) and not key = any (u.locked_fields))
        end`;

/** Column → SQL: its value after batch row `b` was applied to user `u`. */
const FINAL = [...TEXT_FIELDS.map((field) => [field, finalValue(field)] as const), ['custom', CUSTOM] as const];

/**
 * Writes the changed fields of existing users: update, link, restore, disable. Where all of it stood there already, the user
 * was not updated. Returns one row: `managers` says whether the batch has managers to set.
 */
export const updateUsers = (batch: Batch): string => `
  with written as (
    update users u
    set ${FINAL.map(([column, value]) => `${column} = ${value}`).join(',\n        ')},
        status = case
          when 'status' = any (u.locked_fields) then u.status
          when b.action = 'disable' then 'disabled'
          when b.action in ('link', 'restore') then case when b.payload -> 'isDisabled' = 'true' then 'disabled' else 'active' end
          else u.status
        end,
        deleted_at = case when b.action = 'restore' then null else u.deleted_at end,
        updated_at = case
          when b.action = 'update'
            and (${FINAL.map(([, value]) => value).join(', ')}) is not distinct from (${FINAL.map(([column]) => `u.${column}`).join(', ')})
          then u.updated_at else now()
        end
    from ${batch.relation} b
    where u.id = b.resource_id
      and b.action in ('update', 'link', 'restore', 'disable')
      and not exists (select 1 from ${batch.failures} f where f.record_id = b.record_id)
    returning ${writes('managerUid')} as manager
  )
  select coalesce(bool_or(manager), false) as managers from written`;
