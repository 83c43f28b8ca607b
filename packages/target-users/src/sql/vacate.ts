import { UNIQUE_FIELDS } from '../columns';

/**
 * Empties values that change hands within one batch. A unique index is checked row by row, so two people cannot swap
 * names in one statement. Parameters: one array of user ids for each unique field.
 */
export const VACATE = `
  update users
  set ${UNIQUE_FIELDS.map((field, index) => `${field} = case when id = any ($${index + 1}::bigint[]) then null else ${field} end`).join(', ')}
  where id = any ($1::bigint[] || $2::bigint[] || $3::bigint[])`;
