/** SQL: tasks of the source were undone. What an undo took back stays so although its record is stated (rule 21). */
export const hasUndone = (source: string): string =>
  `exists (select from tasks u where u.undoes is not null and u.source_id = ${source} and u.status in ('succeeded', 'partially_succeeded'))`;

/**
 * How many of the staged records say what an undo took back since they last said something new, and change nothing now: they
 * are counted as unchanged. An undo of an undo leaves things as they are said. $1 task, $2 source. Returns `n`.
 */
export const takenBackSql = (staging: string): string => `
  select count(*)::int as n
  from ${staging} s
  join records r on r.source_id = $2 and r.data_type = s.data_type and r.uid = s.uid
  cross join lateral (
    select o.kind as undone
    from changes c
    join tasks u on u.id = c.task_id and u.undoes is not null
    left join tasks o on o.id = u.undoes
    where c.record_id = r.id and c.data_type = r.data_type and c.task_id > r.task_id and c.task_id < $1
      and c.action is not null and coalesce(c.outcome, 'applied') = 'applied'
    order by c.task_id desc
    limit 1
  ) last
  where s.task_id = $1 and s.code is null and last.undone is distinct from 'undo'
    and not exists (select from changes c where c.task_id = $1 and c.record_id = r.id and c.action is not null)`;
