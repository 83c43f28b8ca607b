import type { Batch } from '@rollcall/core';
import { UNIQUE_FIELDS } from '../columns';

/** Names the field and the holder of every create that was skipped; returns how many could not be explained. */
export const explainFailures = (batch: Batch): string => `
  with reasons as (
    ${UNIQUE_FIELDS.map(
      (field, rank) => `select b.record_id, ${rank} as rank, '${field}' as field, u.id as holder_id
    from ${batch.failures} f
    join ${batch.relation} b on b.record_id = f.record_id
    join users u on lower(u.${field}) = lower(b.payload ->> '${field}') and u.deleted_at is null
    where f.code = 'conflict'`,
    ).join('\n    union all\n    ')}
  ), first_reason as (
    select distinct on (record_id) * from reasons order by record_id, rank
  ), explained as (
    update ${batch.failures} f
    set code = r.field || '_taken', field = r.field,
        message = 'The ' || r.field || ' is already used by user ' || r.holder_id || '. If both are one person, link the record to that user, on their page or with POST /api/links, or match by ' || r.field || ' (matchKey of the source, which a push has to name, too); otherwise change it on one side.'
    from first_reason r
    where f.record_id = r.record_id
    returning f.record_id
  )
  select (select count(*) from ${batch.failures} where code = 'conflict')::int - (select count(*) from explained)::int as unexplained`;
