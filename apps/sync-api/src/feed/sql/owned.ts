/** SQL query of `department_id`: the departments that name user `id` among their owners. */
export const departmentsOwnedBy = (id: string): string =>
  `select distinct o.department_id from department_owners o where o.user_id = ${id}`;
