/** Held while rows get their positions. The number is one that no other advisory lock uses. */
const LOCK = 7301004;

/** Rows in one transaction at most. */
export const PLACED_AT_ONCE = 10_000;

/** Whether rows wait for their position. */
export const UNPLACED = 'select exists (select from feed where position is null) as unplaced';

/** One at a time. A statement of its own: the next one must see what whoever held it before has committed. */
export const LOCK_PLACES = `select pg_advisory_xact_lock(${LOCK})`;

/** SQL: the last position that was given. */
const NEWEST = `coalesce((select max(position) from feed where position is not null), (select up_to from feed_trimmed))`;

/**
 * Gives committed rows their positions, behind all that have one, in the order in which they were written; numbers may be left
 * out between them. Rows that are not committed yet are not seen, and get a later one. Returns `id` of each. (Nothing is joined:
 * that hardly any row waits is what the statistics say, also when many do.)
 */
export const PLACE = `
  with next as (
    select min(id) as first, max(id) as last
    from (select id from feed where position is null order by id limit ${PLACED_AT_ONCE}) f
  )
  update feed set position = ${NEWEST} + 1 + id - (select first from next)
  where position is null and id <= (select last from next)
  returning id`;

/**
 * What is kept: `oldest`, the last position that was trimmed, and `newest`, the last one that was given. A reader who is
 * ahead of that read from a database of which this one is an earlier state.
 */
export const KEPT = `select up_to as oldest, ${NEWEST} as newest from feed_trimmed`;

/** Deletes the oldest rows that were told more than $1 days ago, and notes how far. Returns a row for each. */
export const trimFeedSql = (chunk: number): string => `
  with old as (
    select position, at from feed where position is not null order by position limit ${chunk}
  ), gone as (
    delete from feed f using old o
    where f.position is not null and f.position = o.position and o.at < now() - make_interval(days => $1)
    returning f.position
  ), noted as (
    update feed_trimmed set up_to = greatest(up_to, (select max(position) from gone)) where exists (select from gone)
  )
  select position from gone`;
