/** SQL query: the people in a department, who would not be in it when it is deleted. */
export const membersOf = (id: string): string => `
  select distinct m.user_id from memberships m
  cross join lateral (select deleted_at from users where id = m.user_id offset 0) u
  where m.department_id = ${id} and u.deleted_at is null`;
