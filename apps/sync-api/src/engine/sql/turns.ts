import type { Reading } from '../reading';

/** SQL: what is still to be told of change `c` of the reading. $1 task. */
const isOpen = ({ targetId, dataType }: Reading): string =>
  `c.task_id = $1 and c.target_id = ${targetId} and c.data_type = '${dataType}' and c.action is not null and c.outcome is null`;

/**
 * SQL: joins to `record` the one that gets the uid by which the target knows it: `taker.id`. Only one record of a source has a uid,
 * so there is one at most. It is looked up by key (`offset 0`). $2 source.
 */
const joinTaker = (reading: Reading, record: string): string => `
    cross join lateral (
      select r.id
      from links l
      cross join lateral (
        select id from records
        where source_id = $2 and data_type = '${reading.dataType}' and uid = l.told_uid and id <> l.record_id offset 0
      ) r
      cross join lateral (select from changes c where ${isOpen(reading)} and c.record_id = r.id and c.action <> 'delete' offset 0) c
      where l.target_id = ${reading.targetId} and l.record_id = ${record}
      offset 0
    ) taker`;

/**
 * Says of the changes of a reading when it is their turn: one that gets a uid by which the target knows somebody else is told after
 * that one's change, and so on along chains of any length. It begins with those that the target knows by another uid (turn 0), of which
 * most tasks have none. Where records exchange their uids there is no order: they are told like all others. (The steps are counted,
 * because a target that was told one uid of two records may lead into such a circle from outside.) $1 task, $2 source.
 */
export const takeTurnsSql = (reading: Reading): string => `
  with recursive otherwise as materialized (
    select c.record_id from changes c where ${isOpen(reading)} and c.turn is not null
  ), takes as materialized (
    select o.record_id as giver, taker.id as taker from otherwise o ${joinTaker(reading, 'o.record_id')}
  ), in_turn as (
    select taker as record_id, 1 as turn from takes where giver not in (select taker from takes)
    union all
    select taker.id, i.turn + 1
    from in_turn i ${joinTaker(reading, 'i.record_id')}
    where i.turn < (select count(*) from takes)
  ), turns as (
    select record_id, max(turn) as turn
    from (select record_id, 0 as turn from otherwise union all select * from in_turn) t
    group by record_id
  ), moved as (
    select o.place, t.turn
    from turns t
    cross join lateral (
      select c.ctid as place from changes c
      where ${isOpen(reading)} and c.record_id = t.record_id and c.turn is distinct from t.turn offset 0
    ) o
  )
  update changes c set turn = m.turn from moved m where c.ctid = m.place`;

/** The next turn of a reading after turn $2 for which something is left: $1 task. Returns `turn`, null when there is none. */
export const nextTurnSql = (reading: Reading): string =>
  `select min(c.turn) as turn from changes c where ${isOpen(reading)} and c.turn > $2`;

/** SQL: a change whose turn it is. Turn 0 is all that waits for nobody; `turn`: parameter with a later one. */
export const isInTurn = (turn: string | undefined): string =>
  turn === undefined ? '(turn is null or turn = 0)' : `turn = ${turn}`;

/** SQL: the changes of records `givers` (`id`) are about a uid that is given up: others may have to wait for it. $1 task. */
export const takesFirstTurn = (givers: string): string => `in_turn as (
    update changes c set turn = 0 from ${givers} g where c.task_id = $1 and c.record_id = g.id and c.turn is null
  )`;
