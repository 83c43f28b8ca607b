/**
 * SQL: a department has members whom somebody else than the source put there, or a child that the source does not
 * state (made by hand, or by another source).
 */
export const neededElsewhere = (id: string, source: string): string => `(
  exists (
    select 1 from memberships m join users u on u.id = m.user_id and u.deleted_at is null
    where m.department_id = ${id} and m.source_id is distinct from ${source}
  ) or exists (
    select 1 from departments child
    where child.parent_id = ${id} and child.deleted_at is null
      and not exists (
        select 1 from links l join records r on r.id = l.record_id and r.source_id = ${source}
        where l.target_id = (select id from targets where name = 'departments')
          and l.data_type = 'department' and l.resource_id = child.id and l.state <> 'detached'
      )
  )
)`;
