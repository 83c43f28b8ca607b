/**
 * SQL: joins the record of link `l` as `r`, looked up by its key. For subqueries that run once for each row: left to choose,
 * Postgres may read all records each time (it has to where nested loops are off, see `plan.ts`).
 */
export const recordOf = (l: string, r: string): string =>
  `cross join lateral (select * from records where id = ${l}.record_id offset 0) ${r}`;
