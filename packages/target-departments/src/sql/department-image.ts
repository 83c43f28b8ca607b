import { uidOfDepartment } from './uid-of-department';

/**
 * SQL: what department `id` holds, as a record of the source would state it. Of the owners only those that the source
 * itself named; a parent that it does not know is named by id.
 */
export const departmentImage = (id: string, source: string): string => `(
  select jsonb_strip_nulls(jsonb_build_object(
      'title', d.title,
      'sort', d.sort,
      'parentUid', case when d.parent_id is not null then coalesce(
        ${uidOfDepartment('d.parent_id', source)},
        jsonb_build_object('id', d.parent_id)
      ) end,
      'ownerUids', (
        select jsonb_agg(r.uid order by r.uid)
        from department_owners o
        cross join lateral (
          select record_id from links
          where target_id = (select id from targets where name = 'users') and data_type = 'user'
            and resource_id = o.user_id and state <> 'detached'
          offset 0
        ) l
        cross join lateral (select uid, source_id from records where id = l.record_id offset 0) r
        where r.source_id = o.source_id and o.department_id = d.id and o.source_id = ${source}
      )
    )) || d.custom
  from departments d where d.id = ${id}
)`;
