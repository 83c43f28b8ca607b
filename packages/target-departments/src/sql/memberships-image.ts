import { uidOfDepartment } from './uid-of-department';

/** SQL: where the source says that user `id` is, in the form of a record's list. Each source has statements of its own. */
export const membershipsImage = (id: string, source: string): string => `(
  select jsonb_strip_nulls(jsonb_build_object('departments', jsonb_agg(
      jsonb_build_object('uid', s.uid)
        || case when s.flagged_main then '{"isMain": true}'::jsonb else '{}' end
        || case when s.is_owner then '{"isOwner": true}'::jsonb else '{}' end
      order by s.position
    )))
  from (
    select ${uidOfDepartment('m.department_id', source)} as uid, m.flagged_main, m.is_owner, m.position
    from memberships m
    where m.user_id = ${id} and m.source_id = ${source}
  ) s
  where s.uid is not null
)`;
