/** SQL: how many people are in a department, and would not be when it is deleted. */
export const membershipsOf = (id: string): string => `(
  select count(distinct m.user_id) from memberships m join users u on u.id = m.user_id and u.deleted_at is null
  where m.department_id = ${id}
)`;
