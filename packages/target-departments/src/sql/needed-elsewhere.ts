import { uidOfDepartment } from './uid-of-department';

/**
 * SQL: a department has members whom somebody else than the source put there, or a child that the source does not
 * state (made by hand, or by another source).
 */
export const neededElsewhere = (id: string, source: string): string => `(
  exists (
    select 1 from memberships m
    cross join lateral (select deleted_at from users where id = m.user_id offset 0) u
    where m.department_id = ${id} and m.source_id is distinct from ${source} and u.deleted_at is null
  ) or exists (
    select 1 from departments child
    where child.parent_id = ${id} and child.deleted_at is null and ${uidOfDepartment('child.id', source)} is null
  )
)`;
