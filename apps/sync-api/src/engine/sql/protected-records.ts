/**
 * SQL: the records of users who are protected. Nothing that is there of them changes, at targets elsewhere neither (rule 17). Asked with
 * `in`: guessing few rows, Postgres would look through all of them for each.
 */
export const PROTECTED_RECORDS = `(
      select p.record_id from users x
      join links p on p.target_id = (select id from targets where name = 'users') and p.data_type = 'user' and p.resource_id = x.id
      where x.protected and p.state <> 'detached'
    )`;
