/** SQL: tasks of the source were undone. What an undo took away stays away although its record is stated (rule 21). */
export const hasUndone = (source: string): string =>
  `exists (select from tasks u where u.undoes is not null and u.source_id = ${source} and u.status in ('succeeded', 'partially_succeeded'))`;

/**
 * How many of the staged records are of resources that an undo took away, and say nothing that brings them back: they are
 * counted as unchanged. Those that are away are looked up from what is staged, or the other way round, whatever is less.
 * $1 task, $2 source, $3 targets. Returns `n`.
 */
export const takenBackSql = (staging: string): string => `
  select count(distinct r.id)::int as n
  from ${staging} s
  join records r on r.source_id = $2 and r.data_type = s.data_type and r.uid = s.uid
  join links l on l.record_id = r.id and l.target_id = any ($3::smallint[])
  where s.task_id = $1 and s.code is null and s.gone is null and r.gone is null and l.state = 'deleted'
    and not exists (select from changes c where c.task_id = $1 and c.target_id = l.target_id and c.record_id = r.id)`;
