/**
 * Chooses the main department of a set of users, and the only place where that rule stands. Among a user's
 * statements whose department is not deleted, in this order:
 *
 * 1. flagged as main; a flag set by hand before one that a source set;
 * 2. in the department that is the main one now, whoever states it;
 * 3. stated by a source before made by hand, in the order of the list.
 *
 * Afterwards exactly one statement of each user has `is_main`, or none when no statement counts. Only rows that differ
 * are written.
 *
 * The text is one statement. `memberships_main`, unique per user, is checked row by row, so every flag that goes must
 * be gone before one is set: the final update depends on the count of what `cleared` returned, which Postgres can only
 * know when `cleared` has run to its end.
 *
 * @param users relation with a column `user_id`: a table's name, or a query in parentheses. Users may occur twice.
 *   Whoever else may write memberships of these users must be locked out by then (a lock on their rows in `users`).
 * @param leaving condition on a statement `m` that is about to be deleted: it no longer counts, but its department is
 *   still known to be the main one. Run this first and delete the statements afterwards; otherwise another statement
 *   of the same department cannot keep it.
 */
export function chooseMainDepartment(users: string, leaving = 'false'): string {
  return `
    with statements as materialized (
      select m.user_id, m.department_id, m.source_id, m.position, m.flagged_main, m.is_main,
        d.id is not null and not coalesce(${leaving}, false) as counts,
        bool_or(m.is_main) over (partition by m.user_id, m.department_id) as in_current
      from memberships m
      left join departments d on d.id = m.department_id and d.deleted_at is null
      where m.user_id in (select user_id from ${users} as chosen_for)
    ), chosen as materialized (
      select distinct on (user_id) user_id, department_id, source_id, is_main
      from statements
      where counts
      order by user_id, flagged_main desc, flagged_main and source_id is null desc, in_current desc,
        source_id is null, position, source_id, department_id
    ), cleared as (
      update memberships m set is_main = false
      from statements s
      where s.is_main
        and not exists (
          select from chosen c
          where c.user_id = s.user_id and c.department_id = s.department_id
            and c.source_id is not distinct from s.source_id
        )
        and m.user_id = s.user_id and m.department_id = s.department_id and m.source_id is not distinct from s.source_id
      returning m.user_id
    )
    update memberships m set is_main = true
    from chosen c
    where not c.is_main
      and m.user_id = c.user_id and m.department_id = c.department_id and m.source_id is not distinct from c.source_id
      and (select count(*) from cleared) >= 0`;
}
