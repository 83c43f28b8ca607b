import type { ReferenceSql } from '@rollcall/core';

/**
 * Each reference is looked up by index, so that a batch costs the same however large the directory is. `offset 0` keeps
 * Postgres from joining the whole view; a lookup that repeats (a department of many people) is remembered (Memoize).
 */
export const resolveReference = (alias: string, { source, dataType, uid }: ReferenceSql): string =>
  `left join lateral (
      select v.resource_id, v.state from resolved_references v
      where v.source_id = ${source} and v.data_type = '${dataType}' and v.uid = ${uid} offset 0
    ) ${alias} on true`;

/** The same for a source that renamed uids: a reference by an earlier one still holds. */
export const resolveRenamed = (alias: string, reference: ReferenceSql): string => {
  const { source, dataType, uid } = reference;
  const earlier = `select e.uid_now from earlier_uids e where e.source_id = ${source} and e.data_type = '${dataType}' and e.uid = ${uid}`;
  return resolveReference(alias, { ...reference, uid: `coalesce((${earlier}), ${uid})` });
};
