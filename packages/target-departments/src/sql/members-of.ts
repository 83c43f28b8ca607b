/** SQL query: the people in a department, who would not be in it when it is deleted. */
export const membersOf = (id: string): string => `
  select distinct m.user_id from memberships m join users u on u.id = m.user_id and u.deleted_at is null
  where m.department_id = ${id}`;
