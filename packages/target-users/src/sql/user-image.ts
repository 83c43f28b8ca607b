import { TEXT_FIELDS } from '../columns';

/** SQL: what user `id` holds, as a record of the source would state it. A manager it does not know is named by id. */
export const userImage = (id: string, source: string): string => `(
  select jsonb_strip_nulls(jsonb_build_object(
      ${TEXT_FIELDS.map((field) => `'${field}', u.${field}`).join(', ')},
      'isDisabled', case when u.status = 'disabled' then true end,
      'managerUid', case when u.manager_id is not null then coalesce(
        (
          select to_jsonb(r.uid) from links l
          cross join lateral (select uid, source_id from records where id = l.record_id offset 0) r
          where r.source_id = ${source} and l.target_id = (select id from targets where name = 'users')
            and l.data_type = 'user' and l.resource_id = u.manager_id and l.state <> 'detached'
          limit 1
        ),
        jsonb_build_object('id', u.manager_id)
      ) end
    )) || u.custom
  from users u where u.id = ${id}
)`;
