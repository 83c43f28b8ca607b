/**
 * SQL: user or department `id` is not deleted. Of whom is deleted nothing else is told before they are back, or purged: an update
 * behind their end would be one of somebody whom a copy does not have. `dataType`: SQL, too. Each is looked up by its key: of
 * a table that is being filled Postgres does not know that hardly anybody is deleted.
 */
export const isShown = (dataType: string, id: string): string => `not exists (
        select from users x where ${dataType} = 'user' and x.id = ${id} and x.deleted_at is not null offset 0
      ) and not exists (
        select from departments x where ${dataType} = 'department' and x.id = ${id} and x.deleted_at is not null offset 0
      )`;
