/**
 * SQL: the records of users who are protected. Nothing that is there of them changes, at targets elsewhere neither (rule 17). Asked with
 * `in`: guessing few rows, Postgres would look through all of them for each.
 */
export const PROTECTED_RECORDS = `(
      select p.record_id from users x
      join links p on p.target_id = (select id from targets where name = 'users') and p.data_type = 'user' and p.resource_id = x.id
      where x.protected and p.state <> 'detached'
    )`;

/** SQL: those among them who stand here otherwise than their records say: no target gets them from those either. */
export const PROTECTED_OTHERWISE = `(
      select p.record_id from users x
      join links p on p.target_id = (select id from targets where name = 'users') and p.data_type = 'user' and p.resource_id = x.id
      join records k on k.id = p.record_id
      where x.protected and p.state <> 'detached' and (p.version <> k.version or p.dirty)
    )`;
