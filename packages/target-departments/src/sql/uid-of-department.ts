/** SQL: the uid that the source has for department `id`; null when it does not know it. */
export const uidOfDepartment = (id: string, source: string): string => `(
          select to_jsonb(r.uid) from links l
          cross join lateral (select uid, source_id from records where id = l.record_id offset 0) r
          where r.source_id = ${source} and l.target_id = (select id from targets where name = 'departments')
            and l.data_type = 'department' and l.resource_id = ${id} and l.state <> 'detached'
          limit 1
        )`;
