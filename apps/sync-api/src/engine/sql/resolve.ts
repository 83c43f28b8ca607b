import type { ReferenceSql } from '@rollcall/core';

/** For large batches: all that the source refers to is read once and hashed. */
export const resolveByScan = (alias: string, { source, dataType, uid }: ReferenceSql): string =>
  `left join resolved_references ${alias}
      on ${alias}.source_id = ${source} and ${alias}.data_type = '${dataType}' and ${alias}.uid = ${uid}`;

/** For a few rows: each reference is looked up by index. `offset 0` keeps Postgres from joining the whole view. */
export const resolveByKey = (alias: string, { source, dataType, uid }: ReferenceSql): string =>
  `left join lateral (
      select v.resource_id, v.state from resolved_references v
      where v.source_id = ${source} and v.data_type = '${dataType}' and v.uid = ${uid} offset 0
    ) ${alias} on true`;
