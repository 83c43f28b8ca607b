/**
 * Chooses the main department of a set of users, and the only place where that rule stands. Among a user's
 * statements whose department is not deleted, in this order:
 *
 * 1. flagged as main; a flag set by hand before one that a source set;
 * 2. in the department that was the main one before the task that is undone;
 * 3. in the department that is the main one now, whoever states it;
 * 4. stated by a source before made by hand, in the order of the list.
 *
 * Afterwards exactly one statement of each user has `is_main`, or none when no statement counts. Only rows that differ
 * are written.
 *
 * The text is one statement. `memberships_main`, unique per user, is checked row by row, so every flag that goes must
 * be gone before one is set: the final update depends on the count of what `cleared` returned, which Postgres can only
 * know when `cleared` has run to its end. Rows are found again by their place: joined by what they state, they were compared
 * with each other, each of a batch with each, as soon as Postgres took the others to be few.
 *
 * @param users relation with a column `user_id`: a table's name, or a query in parentheses. Users may occur twice.
 *   Whoever else may write memberships of these users must be locked out by then (a lock on their rows in `users`).
 */
export function chooseMainDepartment(
  users: string,
  { leaving = 'false', task, undoes }: MainDepartmentChoice = {},
): string {
  const stoodBefore = undoes
    ? `coalesce(m.department_id = (
            select f.department_id from former_main_departments f
            where f.task_id = ${undoes} and f.user_id = m.user_id
          ), false)`
    : 'false';
  const noted = task
    ? `, noted as (
      insert into former_main_departments (task_id, user_id, department_id)
      select ${task}, user_id, department_id from cleared
      on conflict do nothing
    )`
    : '';
  return `
    with statements as materialized (
      select s.place, s.is_main, s.counts and 1 = row_number() over (
          partition by s.user_id
          order by s.counts desc, s.flagged_main desc, s.flagged_main and s.source_id is null desc, s.stood_before desc,
            s.in_current desc, s.source_id is null, s.position, s.source_id, s.department_id
        ) as chosen
      from (
        select m.ctid as place, m.user_id, m.department_id, m.source_id, m.position, m.flagged_main, m.is_main,
          d.id is not null and not coalesce(${leaving}, false) as counts, ${stoodBefore} as stood_before,
          bool_or(m.is_main) over (partition by m.user_id, m.department_id) as in_current
        from memberships m
        left join departments d on d.id = m.department_id and d.deleted_at is null
        where m.user_id in (select user_id from ${users} as chosen_for)
      ) s
    ), cleared as (
      update memberships m set is_main = false
      from statements s
      where s.is_main and not s.chosen and m.ctid = s.place
      returning m.user_id, m.department_id
    )${noted}
    update memberships m set is_main = true
    from statements s
    where s.chosen and not s.is_main and m.ctid = s.place and (select count(*) from cleared) >= 0`;
}

/** SQL expressions. */
export interface MainDepartmentChoice {
  /**
   * Condition on a statement `m` that is about to be deleted: it no longer counts, but its department is still known to be
   * the main one. Run this first and delete the statements afterwards; otherwise another statement of the same department
   * cannot keep it.
   */
  leaving?: string;
  /** The task that does it: noted with each department that is the main one no more. Absent: a hand does it. */
  task?: string;
  /** The task that is undone. Null: none is. */
  undoes?: string;
}

/** A task notes which departments were the main ones, and an undo looks it up. $1 task, $2 the task that it undoes. */
export const NOTED: MainDepartmentChoice = { task: '$1::bigint', undoes: '$2::bigint' };
