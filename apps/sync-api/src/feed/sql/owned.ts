/** SQL query of `department_id`: the departments that name user `id` among their owners, without deleted ones. */
export const departmentsOwnedBy = (id: string): string =>
  `select distinct o.department_id from department_owners o
      cross join lateral (select deleted_at from departments where id = o.department_id offset 0) d
      where o.user_id = ${id} and d.deleted_at is null`;
