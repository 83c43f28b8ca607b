/**
 * Whose values win may be another one now: what the records of these resources say is settled again. One that left says nothing,
 * and its leaving is not to be applied once more. $1 sources, whose word counts otherwise, or no more.
 */
export const SETTLE_AGAIN = `
  update links l set dirty = true
  from records r
  join links o on o.record_id = r.id and o.shared and o.state <> 'detached'
  where r.source_id = any ($1) and l.target_id = o.target_id and l.data_type = o.data_type and l.resource_id = o.resource_id
    and l.state <> 'detached' and not l.dirty
    and exists (select from records s where s.id = l.record_id and s.gone is null offset 0)`;
