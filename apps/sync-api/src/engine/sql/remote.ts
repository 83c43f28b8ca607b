import { hashOf, type Reading, subset } from '../reading';
import { isRefused } from './chosen-link';
import { statedElsewhere } from './kept-elsewhere';
import { PROTECTED_RECORDS } from './protected-records';
import { leftRefused } from './refused-here';
import { toldPayload } from './told-statement';
import { isInTurn } from './turns';

/**
 * Whether a target still gets what a source says: it may have been switched off, and on again for a review, since the task was
 * begun. A backfill is told by being cancelled. $1 target, $2 source, $3 kind of the task. Returns `served`.
 */
export const STILL_SERVED = `
  select $3 = 'backfill' or exists (
    select from targets t
    where t.id = $1 and t.enabled and t.deleted_at is null and (t.sources is null or $2::integer = any (t.sources))
      and not exists (select from target_reviews v where v.target_id = t.id and v.source_id = $2)
  ) as served`;

/** The target of a backfill does not answer, and may have not answered before. $1 task. */
export const NOTE_AWAY = `
  update tasks set away_since = coalesce(away_since, clock_timestamp()) where id = $1 and kind = 'backfill'`;

/** One of the next changes of a remote target, with what the record says now. */
export interface NextRow {
  record_id: number;
  uid: string;
  action: 'create' | 'update' | 'disable' | 'delete' | 'restore';
  payload: Record<string, unknown>;
  /** Null: all fields are written. `uid` among them: it is the new one. */
  changed: string[] | null;
  version: number;
  /** Hash of `payload`. */
  hash: string;
  resource_key: string | null;
  /** The record, which is stated, says more than the payload holds: that was refused here. */
  behind: boolean;
  /** It got its outcome already: it is blocked, or it has moved on. */
  refused: boolean;
}

/**
 * The next `$3` changes of a reading after record `$2`; `later`: those of turn `$4`, otherwise of the first turn; $1 task. What must
 * not be applied gets its outcome at once: what failed on a target that comes before is blocked, what was planned for something that has moved on is stale. The others are
 * noted in `handed_out` until their outcomes are stored. Returns `NextRow`s in the order of `record_id`.
 */
export function nextRowsSql(reading: Reading, { later }: { later: boolean }): string {
  const { targetId: t, dataType, rules, after } = reading;
  const leaving = { resource: 'l.resource_id', record: 'c.record_id', source: 'r.source_id' };
  const life = lifeHere(reading);
  // What else the record says was refused here: the target keeps what it was told before.
  const withheld = `case when l.payload is not null then case
          when ${isBehindHere(reading)} and ${life.disabled} then ${subset(rules.fields, `'{"isDisabled": true}'::jsonb`)}
          when ${isBehindHere(reading)} and ${life.enabled} then ${subset(rules.fields, `'{"isDisabled": false}'::jsonb`)}
          when b.record_id is null and r.gone is not null and ${leftRefused(reading, { record: 'r.id', leftBy: 'r.task_id' })} then '{}'
        end end`;
  // Looked up one by one: a target that is being filled has no statistics, and a join would read all of its links each time.
  const joins = [{ targetId: t, as: 'l' }, ...after.map(({ targetId }) => ({ targetId, as: `l${targetId}` }))].map(
    ({ targetId, as }) => `left join lateral (
      select * from links x where x.target_id = ${targetId} and x.record_id = c.record_id offset 0
    ) ${as} on true`,
  );
  const blocks = after.map((before) => `when ${isBlocked(before)} then '${before.targetName}'`);
  // Where it has moved on before it came to be, there is nothing that failed.
  const movedOn = after
    .filter((before) => before.rules.owns)
    .map(
      ({ targetId: p }) => `l${p}.record_id is null and exists (
          select from changes o
          where o.task_id = $1 and o.target_id = ${p} and o.data_type = '${dataType}' and o.record_id = c.record_id and o.outcome = 'stale'
        )`,
    );
  return `
  with next as materialized (
    select record_id, uid, action, diff, version from changes
    where task_id = $1 and target_id = ${t} and data_type = '${dataType}' and record_id > $2
      and action is not null and outcome is null and ${isInTurn(later ? '$4' : undefined)}
    order by record_id
    limit $3
  ), weighed as materialized (
    select c.record_id, coalesce(r.uid, c.uid) as uid, r.version, l.resource_key,
      coalesce(l.payload || w.beside, ${subset(rules.fields, toldPayload())}) as payload, w.beside,
      w.beside is not null and r.gone is null as behind,
      case when l.record_id is not null and c.action = 'create' then 'update' else c.action end as action,
      case when c.action not in ('create', 'restore') and c.diff is not null and h.record_id is null
        then array(select jsonb_object_keys(w.beside) union all select d ->> 'field' from jsonb_array_elements(c.diff) d where w.beside is null or ${IS_UID}) end as changed,
      ${blocks.length > 0 ? `case when (c.action in ('create', 'update', 'restore') or c.action = 'disable' and r.gone is null) and not ${life.disabled} and not ${life.enabled} then case ${[...movedOn.map((moved) => `when ${moved} then null`), ...blocks].join(' ')} end end` : 'null'} as blocked_by,
      r.id is null or coalesce(r.version <> c.version, false) or${dataType === 'user' ? ` (c.action <> 'create' and c.record_id in ${PROTECTED_RECORDS}) or` : ''} coalesce(b.taken_back_at > (select planned_at from tasks where id = $1), false)
        or (l.record_id is null and h.record_id is null and c.action <> 'create')${movedOn.map((moved) => ` or ${moved}`).join('')}
        or (c.action in ('delete', 'disable') and r.gone is not null and ${statedElsewhere(reading, leaving)}) as stale
    from next c
    left join records r on r.id = c.record_id
    left join lateral (select * from taken_back x where x.record_id = r.id and x.version = r.version offset 0) b on true
    left join lateral (
      select record_id from handed_out x where x.target_id = ${t} and x.record_id = c.record_id offset 0
    ) h on true
    ${joins.join('\n    ')}
    cross join lateral (select ${withheld} as beside offset 0) w
  ), refused as (
    update changes c
    set outcome = case when w.blocked_by is null then 'stale' else 'failed' end,
      code = case when w.blocked_by is null then 'stale' else 'blocked_by_' || w.blocked_by end, field = null,
      message = case when w.blocked_by is null
        then 'What this change was planned for has moved on since; the newer state stands.'
        else ${failedBefore('w.blocked_by')} end
    from weighed w
    where (w.stale or w.blocked_by is not null)
      and c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.record_id = w.record_id
  ), withheld as (
    update changes c
    set diff = (select coalesce(jsonb_agg(d), '[]') from jsonb_array_elements(c.diff) d where w.beside ? (d ->> 'field') or ${IS_UID})
    from weighed w
    where w.beside is not null and not (w.stale or w.blocked_by is not null)
      and c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.record_id = w.record_id
  ), handed as (
    insert into handed_out (target_id, record_id, task_id, action, version)
    select ${t}, record_id, $1, action, version from weighed where not (stale or blocked_by is not null)
    on conflict (target_id, record_id) do update
    set task_id = excluded.task_id, action = excluded.action, version = excluded.version, again = true
  )
  select record_id, uid, action, payload, changed, version, ${hashOf('payload')} as hash, resource_key, behind,
    stale or blocked_by is not null as refused
  from weighed order by record_id`;
}

/** SQL: difference `d` is that of the uid: what a record is called is told whatever else of it was refused. */
const IS_UID = `d ->> 'field' = 'uid'`;

/** The reading here by which a target elsewhere sees how people stand. */
const ownHere = ({ after }: Reading): Reading | undefined => after.find(({ rules }) => rules.owns && rules.canDisable);

/**
 * SQL: change `c` disables somebody who is stated, and disabled here whatever else of their record was refused; or enables whom an undo
 * has enabled here.
 */
function lifeHere(reading: Reading): { disabled: string; enabled: string } {
  const own = ownHere(reading);
  if (!own) return { disabled: 'false', enabled: 'false' };
  const state = `l${own.targetId}.state`;
  return {
    disabled: `(c.action = 'disable' and r.gone is null and ${state} = 'disabled')`,
    enabled: `(c.action = 'restore' and r.gone is null and b.record_id is not null and l.state = 'disabled' and ${state} = 'active')`,
  };
}

/** SQL: something of what record `r` says is not here. */
function isBehindHere(reading: Reading): string {
  const own = ownHere(reading);
  return own ? `(l${own.targetId}.version <> r.version or ${isRefused(`l${own.targetId}`)})` : 'false';
}

/** SQL: why nothing is told of a record that failed on a target which comes before. */
export const failedBefore = (target: string): string =>
  `'The record failed on ' || ${target} || ', which comes before. See its failure there.'`;

/** The record was never there, was only linked there by hand, or what it says now failed there. One that was taken from whatever it stood for there is told all the same. */
function isBlocked({ targetId: p, dataType, rules }: Reading): string {
  const failed = `exists (
        select 1 from changes f
        where f.task_id >= least($1, r.task_id) and f.target_id = ${p} and f.data_type = '${dataType}'
          and f.record_id = c.record_id and f.outcome = 'failed'
      )`;
  const absent = `l${p}.record_id is null`;
  return rules.owns
    ? `(${absent} or ${isRefused(`l${p}`)} or (l${p}.version <> r.version and ${failed}))`
    : `((${absent} or l${p}.version <> r.version) and ${failed})`;
}

/** What became of one change that was handed to a remote target: a row of `$2` of `storeOutcomesSql`. */
export interface StoredOutcome {
  record_id: number;
  /** By which the target was told of the record. */
  uid: string;
  action: NextRow['action'];
  version: number;
  hash: string;
  payload: NextRow['payload'];
  resource_key: string | null;
  /** What the record says besides was withheld: it is looked at again. */
  behind: boolean;
  /** The target wants it again later: it stays open, with the reason. */
  later: boolean;
  /** Null: it was applied. */
  code: string | null;
  field: string | null;
  message: string | null;
}

/**
 * Stores what a remote target answered: failures become outcomes, the others links with what the target was told. What it
 * refused it has not done, but it may have done what it was handed for that record before; of what it wants again later it may
 * have done anything. Records that it calls by one key
 * stand for one resource. (`+ 0`: of a target that is filled right now Postgres expects no links, and would read all of
 * them, by their primary key, for each.) $1 task, $2 `StoredOutcome`s as JSON.
 */
export function storeOutcomesSql({ targetId: t, dataType, rules }: Reading): string {
  const active = rules.canDisable
    ? `case when o.payload -> 'isDisabled' = 'true' then 'disabled' else 'active' end`
    : `'active'`;
  return `
  with outcomes as materialized (
    select * from jsonb_to_recordset($2::jsonb) as o (
      record_id bigint, uid text, action text, version integer, hash uuid, payload jsonb, resource_key text,
      behind boolean, later boolean, code text, field text, message text
    )
  ), told as (
    update changes c
    set outcome = case when o.later then null when o.code is null then 'applied' else 'failed' end,
      code = o.code, field = o.field, message = o.message
    from outcomes o
    where c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.record_id = o.record_id
  ), answered as (
    delete from handed_out h using outcomes o
    where h.target_id = ${t} and h.record_id = o.record_id and not o.later and (o.code is null or not h.again)
  ), linked as (
    insert into links as l (target_id, record_id, data_type, resource_id, resource_key, told_uid, payload, state, version, applied_hash, task_id, dirty)
    select ${t}, o.record_id, '${dataType}',
      coalesce((
        select min(x.resource_id) from links x
        where x.resource_key = o.resource_key and x.target_id + 0 = ${t} and x.data_type = '${dataType}'
      ), case when o.resource_key is null then o.record_id else min(o.record_id) over (partition by o.resource_key) end),
      o.resource_key, o.uid, o.payload,
      case o.action when 'delete' then 'deleted' when 'disable' then 'disabled'
        when 'update' then coalesce((select nullif(x.state, 'detached') from links x where x.target_id = ${t} and x.record_id = o.record_id), ${active})
        else ${active} end,
      o.version, o.hash, $1, o.behind
    from outcomes o
    where o.code is null
    on conflict (target_id, record_id) do update
    set resource_id = excluded.resource_id, resource_key = excluded.resource_key, told_uid = excluded.told_uid,
      payload = excluded.payload, state = excluded.state, version = excluded.version, applied_hash = excluded.applied_hash,
      dirty = excluded.dirty, task_id = excluded.task_id
  ), shared as (
    update links l
    set state = case o.action when 'delete' then 'deleted' when 'disable' then 'disabled' else 'active' end
    from (
      select o.record_id, o.action,
        (select x.resource_id from links x where x.target_id = ${t} and x.record_id = o.record_id) as resource_id
      from outcomes o
      where o.code is null and o.action in ('delete', 'disable', 'restore')
      offset 0
    ) o
    where l.resource_id = o.resource_id and l.target_id + 0 = ${t} and l.data_type = '${dataType}'
      and l.state <> 'detached' and l.record_id <> o.record_id
  )
  select 1`;
}

/** What a target that stopped for good was not asked any more: $1 task, $2 target, $3 code, $4 field, $5 message. */
export const FAIL_REST = `
  update changes set outcome = 'failed', code = $3, field = $4, message = $5
  where task_id = $1 and target_id = $2 and action is not null and outcome is null`;

/** What a target went on wanting later, each for its own reason: $1 task, $2 target, $3 data type, $4 what is said besides. */
export const FAIL_POSTPONED = `
  update changes set outcome = 'failed', message = message || $4
  where task_id = $1 and target_id = $2 and data_type = $3 and action is not null and outcome is null`;
