import type { Batch, DataType } from '@rollcall/core';
import { hashOf, type Reading, subset } from '../reading';
import { APPROVED } from './approved';
import { CHANGED_BESIDE, effective, isShareable } from './effective';
import { keepWritten } from './images';
import { keptElsewhere, statedElsewhere } from './kept-elsewhere';
import { recordOf } from './record-of';
import { referenceField } from './reference-field';
import { tellAccepted } from './tell';

/** Ends a batch: the last record of the next `$6` changes after `$4`, up to `$5`. $1 task, $2 target, $3 data type. */
export const BATCH_END = `
  select max(record_id) as last, count(*)::int as size
  from (
    select record_id from changes
    where task_id = $1 and target_id = $2 and data_type = $3 and record_id > $4 and record_id <= $5 and action is not null and outcome is null
    order by record_id
    limit $6
  ) next`;

/**
 * Fills the relation `batch` with the changes of one reading in a range of records: $1 task, $2 after this record,
 * $3 up to this one, $4 only these records (null: all). `ranged`: the range stands on every joined table, without it
 * whole tables would be joined for every batch; a few changes are joined by key instead. `creates`: the plan was made in this
 * transaction and only creates, so nothing is shared, overwritten or has moved on. Left out is what must not be
 * applied (see `notApplicableSql`). What is about to be overwritten is kept for an undo (see `keepWritten`).
 *
 * Two columns are for `finishBatchSql`: `batch.linked`, the record has a link here, be it a detached one; `batch.again`, it
 * is to be looked at again.
 *
 * Returns one row per action: `action, n`.
 */
export function fillBatchSql(reading: Reading, { ranged, creates }: { ranged: boolean; creates: boolean }): string {
  const { targetId: t, dataType, rules, owner } = reading;
  const within = (id: string): string => (ranged ? ` and ${id} > $2 and ${id} <= $3` : '');
  const known = rules.owns ? 'coalesce(l.resource_id, c.resource_id)' : 'o.resource_id';
  const resource = rules.owns ? `coalesce(resource_id, ${reading.resource?.newId ?? 'null'})` : 'resource_id';
  const ownerJoin = rules.owns
    ? ''
    : `join links o on o.target_id = ${owner.targetId} and o.record_id = c.record_id and o.state <> 'detached' ${within('o.record_id')}`;
  const part = subset(rules.fields, 'r.payload');
  const own = rules.owns ? part : `case when ${left('r')} then '{}'::jsonb else ${part} end`;
  const version = `case when ${staysForOthers(reading)}${ranged ? ` or (l.shared and ${CHANGED_BESIDE})` : ''} then l.version else r.version end`;
  return `
  with cleared as (delete from batch), cleared_failures as (delete from batch_failures),
    cleared_waiting as (delete from batch_waiting),
  desired as (
    select c.record_id, r.source_id, r.uid, c.position,
      case when l.record_id is not null and c.action in ('create', 'link') then 'update' else c.action end as action,
      ${known} as resource_id, a.diff, e.shared -> 'fields' as settled, e.shared -> 'own' as wins, ${creates ? 'r.version' : `${version} as version`}, p.own,
      coalesce(e.shared -> 'after', p.own) as payload, k.record_id is not null as linked, ${creates ? 'false' : ASKS_FOR_MORE} as again
    from changes c
    join records r on r.id = c.record_id${within('r.id')}
    left join links k on k.target_id = ${t} and k.record_id = c.record_id${within('k.record_id')}
    left join lateral (select k.* where k.state <> 'detached') l on true
    ${ownerJoin}
    cross join lateral (select ${own} as own) p
    cross join lateral (select ${creates ? 'null::jsonb as shared' : `${shared(reading)} as shared offset 0`}) e
    cross join lateral (select ${creates ? 'c.diff' : APPROVED_DIFF} as diff) a
    where c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}'
      and c.record_id > $2 and c.record_id <= $3
      and c.action is not null and c.outcome is null and ($4::bigint[] is null or c.record_id = any ($4))
      ${creates ? '' : stillApplies(reading)}
    order by c.record_id
  ), filled as (
    insert into batch (record_id, source_id, data_type, uid, position, action, resource_id, payload, changed, version, applied_hash, linked, again)
    select record_id, source_id, '${dataType}', uid, position, action, ${resource}, payload,
      ${creates ? 'null' : changedFields(reading)}, version, ${hashOf('own')}, linked, again
    from desired d
    returning record_id, source_id, action, resource_id, payload, changed
  )${creates ? '' : keepWritten(reading)}
  select action, count(*)::int as n from filled group by action`;
}

/** SQL: the fields that the target is to write of the record `d`; null: all. */
const changedFields = ({ targetId, dataType }: Reading): string => `case
        when action = 'create' then null
        when settled is not null then array(
          select f from jsonb_array_elements_text(settled) f
          where (${WRITES_ALL} and (diff is null or wins ? f)) or f = any (${diffFields} || ${waitingFields(targetId, dataType)})
        )
        when diff is null then null
        when ${WRITES_ALL} then array(select jsonb_object_keys(payload)) || ${diffFields}
        else ${diffFields} || ${waitingFields(targetId, dataType)}
      end`;

/** The record of change `c`, when it left. */
const LEAVING = { resource: 'l.resource_id', record: 'c.record_id', source: 'r.source_id' };

/** SQL: the fields of the difference. A new uid is the record's, and nothing that a target writes. */
const diffFields = `array(select x ->> 'field' from jsonb_array_elements(coalesce(d.diff, '[]')) x where x ->> 'field' <> 'uid')`;

/** SQL: what all records of the resource say together by now; null when it has no other one. */
function shared(reading: Reading): string {
  if (!isShareable(reading)) return 'null::jsonb';
  const says = { payload: 'r.payload', live: 'r.gone is null' };
  const own = {
    resource: 'coalesce(l.resource_id, c.resource_id)',
    record: 'c.record_id',
    source: 'r.source_id',
    linked: 'l.record_id is not null',
    old: says,
    now: says,
  };
  return `case when coalesce(l.shared, c.action = 'link') then ${effective(reading, own)} end`;
}

/** SQL: the record left, and its resource only gets what others say: it is looked at again until they left, too. */
const staysForOthers = (reading: Reading): string =>
  reading.rules.owns
    ? `(l.shared and r.gone is not null and (c.action in ('update', 'restore') or (c.action = 'disable' and ${statedElsewhere(reading, LEAVING)})))`
    : 'false';

/**
 * SQL: the differences that change `c` is about. One whose link was behind looks at everything again, and what that came to when it
 * was planned is only shown; but of what an admin approved nothing else is written.
 */
const APPROVED_DIFF = `coalesce(c.diff, case when ${APPROVED} then c.written end)`;

/**
 * SQL: whatever differs by now is written, not only what the plan names: also of who comes back, where no admin approved just that. Not
 * what another record of theirs wins: that may have been refused, and is none of this one's.
 */
const WRITES_ALL = `(diff is null or action = 'restore' and not ${APPROVED})`;

/**
 * SQL: since the plan was made somebody set what may change more of the resource than the plan names (whose values win, which
 * are locked): it is looked at again. False for a record without a link, and for one that left.
 */
const ASKS_FOR_MORE = `coalesce(l.dirty and a.diff is not null and (c.action <> 'restore' or ${APPROVED}) and r.gone is null, false)`;

/**
 * SQL: an admin approved other values than the records of the resource ask for by now: another source said something
 * meanwhile, or wins now. (What has no value before is a reference that was awaited: who wins it is not asked for that.)
 */
const SHOWN_OTHERWISE = `(e.shared is not null and ${APPROVED} and exists (
        select 1 from jsonb_array_elements(a.diff) d
        where d ? 'before' and d ->> 'field' <> 'uid' and coalesce(d -> 'after', 'null') is distinct from coalesce(e.shared -> 'after' -> (d ->> 'field'), 'null')
      ))`;

/** SQL: the fields by which the record `d` still refers to something unknown: this change may be what brings it. */
const waitingFields = (targetId: number, dataType: DataType): string => `array(
          select ${referenceField(`'${dataType}'`, 'w.data_type')} from waiting_references w
          where w.target_id = ${targetId} and w.record_id = d.record_id
        )`;

/** SQL: the record left in a way that takes its attachments away. */
function left(record: string, and = ''): string {
  return `${record}.gone is not null and exists (
        select 1 from jsonb_array_elements(c.diff) d where (not d ? 'after' or d -> 'after' = 'null')${and}
      )`;
}

/** SQL: what the record attached goes although the record itself still has it: because it left. */
const leavesBehind = left('r', ` and r.payload ? (d ->> 'field')`);

const isDeleted = (table: string): string =>
  `exists (select from ${table} x where x.id = c.resource_id and x.deleted_at is not null)`;

/** Re-checked when it is written: since the plan was made an admin may have protected the resource, or it found a use. */
function stillApplies(reading: Reading): string {
  const { owner, rules } = reading;
  const resources = owner.resource;
  const id = rules.owns ? 'coalesce(l.resource_id, c.resource_id)' : 'o.resource_id';
  const conditions: string[] = [];
  if (resources?.protectedColumn) {
    conditions.push(
      `exists (select 1 from ${resources.table} x where x.id = ${id} and x.${resources.protectedColumn})`,
    );
  }
  if (!rules.owns) {
    // It was to go with the resource, or because others state that; they may have let go since, and then all stays as it was.
    const leaving = { resource: 'o.resource_id', record: 'c.record_id', source: 'r.source_id' };
    conditions.push(`(${leavesBehind} and o.state <> 'deleted' and not ${statedElsewhere(owner, leaving)})`);
  } else {
    // A link that was there when the plan was made may have been taken away by hand since.
    conditions.push(
      `(l.record_id is null and c.action not in ('create', 'link'))`,
      `(c.action = 'delete' and ${keptElsewhere(reading, LEAVING)})`,
      // Another task, planned at the same time, deleted it; see `lockChangedSql`.
      `(c.action = 'delete' and l.state = 'deleted')`,
      `(c.action in ('update', 'disable') and l.state = 'deleted' and r.gone is null)`,
      ...(resources ? [`(c.action = 'link' and l.record_id is null and ${isDeleted(resources.table)})`] : []),
      `(c.action = 'disable' and r.gone is not null and e.shared -> 'after' -> 'isDisabled' is distinct from 'true'
        and ${statedElsewhere(reading, LEAVING)})`,
    );
    // What was to fall to others who may have let go since stays as well.
    if (isShareable(reading)) {
      conditions.push(
        `(c.action = 'update' and l.shared and r.gone is not null and not ${statedElsewhere(reading, LEAVING)})`,
        SHOWN_OTHERWISE,
      );
    }
  }
  return conditions.map((condition) => `and not ${condition}`).join('\n      ');
}

/**
 * Names why changes of the range did not get into the batch: without the resource they attach to they are blocked, when the task
 * could not bring it; everything else has moved on. Same parameters as `fillBatchSql`.
 */
export function notApplicableSql({ targetId: t, dataType, rules, owner }: Reading): string {
  const blocked = rules.owns
    ? 'false'
    : `(not exists (select 1 from links o where o.target_id = ${owner.targetId} and o.record_id = c.record_id and o.state <> 'detached')
      and exists (
        select 1 from changes o
        where o.task_id = $1 and o.target_id = ${owner.targetId} and o.data_type = c.data_type and o.record_id = c.record_id
          and o.outcome is distinct from 'stale'
      ))`;
  return `
  update changes c
  set outcome = case when ${blocked} then 'failed' else 'stale' end,
    code = case when ${blocked} then 'blocked_by_${owner.targetName}' else 'stale' end,
    message = case when ${blocked}
      then 'Nothing to attach this to: the record failed on ${owner.targetName}. See its failure there.'
      else 'What this change was planned for has moved on since; the newer state stands.' end
  where c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}'
    and c.record_id > $2 and c.record_id <= $3
    and c.action is not null and c.outcome is null and ($4::bigint[] is null or c.record_id = any ($4))
    and not exists (select 1 from batch b where b.record_id = c.record_id)`;
}

/** SQL, a part of ending a batch: what the target refused is the outcome of its change. $1 task. */
export const failedOutcomes = (reading: Pick<Reading, 'targetId' | 'dataType' | 'resource'>): string => `failed as (
    update changes c
    set outcome = 'failed', code = f.code, field = f.field, message = coalesce(${takenFrom(reading)}, f.message)
    from batch_failures f
    where c.task_id = $1 and c.target_id = ${reading.targetId} and c.data_type = '${reading.dataType}' and c.record_id = f.record_id
  )`;

/**
 * SQL: what to do when failure `f` is about a value that the resource holds from which the record was taken: matching it
 * again, as the target may advise, does not help. Null: it is not.
 */
function takenFrom({ targetId, dataType, resource }: Pick<Reading, 'targetId' | 'dataType' | 'resource'>): string {
  const fields = Object.entries(resource?.matchKeys ?? {});
  if (fields.length === 0) return 'null';
  const holds = fields.map(
    ([field, column]) => `when '${field}' then lower(x.${column}) = lower(b.payload ->> '${field}')`,
  );
  return `(
      select 'The ' || f.field || ' is used by ${dataType} ' || x.id || ', from whom this record was taken, by hand or by an undo. It is not matched with them again by itself: link it by hand, on their page or with POST /api/links, or change the ' || f.field || ' on one side.'
      from links l
      join batch b on b.record_id = l.record_id
      join ${resource?.table ?? ''} x on x.id = l.resource_id and x.deleted_at is null and case f.field ${holds.join(' ')} end
      where l.target_id = ${targetId} and l.record_id = f.record_id and l.state = 'detached'
    )`;
}

/** Actions that are those of the resource, so that every record which stands for it has to know. */
const OF_ALL_RECORDS = ['delete', 'disable', 'restore', 'link'] as const;

/**
 * Ends a batch in the transaction that wrote it: failures become outcomes, the others links and entries of the feed; references
 * that wait are noted, those that resolved are forgotten. $1 task. `actions`: those in the batch; the statement asks nobody else's links
 * when it need not, so that a first read cannot be slowed down by what Postgres does not know about new tables.
 */
export function finishBatchSql(reading: Reading, actions: Batch['actions']): string {
  const { targetId: t, dataType, rules } = reading;
  const active = rules.canDisable
    ? `case when b.payload -> 'isDisabled' = 'true' then 'disabled' else 'active' end`
    : `'active'`;
  const ofAll = OF_ALL_RECORDS.some((action) => actions[action]);
  const joins = ofAll && isShareable(reading);
  const onlyUpdates = Object.entries(actions).every(([action, n]) => action === 'update' || !n);
  const waits = stillWaits(reading);
  const links = (which: string): string => `insert into links as l
      (target_id, record_id, data_type, resource_id, state, version, applied_hash, task_id, shared, dirty)
    select ${t}, b.record_id, b.data_type, b.resource_id,
      case b.action when 'delete' then 'deleted' when 'disable' then 'disabled' else ${active} end,
      b.version, b.applied_hash, $1, ${joins ? 'b.record_id in (select record_id from joined)' : 'false'}, b.again
    from accepted b
    where ${which}`;
  const over = (state: string): string => `on conflict (target_id, record_id) do update
    set resource_id = excluded.resource_id, state = ${state}, version = excluded.version, applied_hash = excluded.applied_hash,
      dirty = excluded.dirty, task_id = excluded.task_id, shared = l.shared or excluded.shared`;
  const updated = actions.update
    ? `updated as (
    ${links(`b.linked and b.action = 'update'`)}
    ${over(`coalesce(nullif(l.state, 'detached'), excluded.state)`)}
  ), `
    : '';
  const relinked = onlyUpdates
    ? ''
    : `relinked as (
    ${links(`b.linked and b.action <> 'update'`)}
    ${over('excluded.state')}
  ), `;
  return `
  with accepted as (
    select b.* from batch b where not exists (select 1 from batch_failures f where f.record_id = b.record_id)
  ), ${failedOutcomes(reading)}, ${waits}${tellAccepted(reading, actions, waits !== '')}${joins ? joinedAndSaid(reading) : ''}linked as (
    ${links('not b.linked')}
  ), ${updated}${relinked}${ofAll ? siblings(t, active) : ''}resolved as (
    delete from waiting_references w using accepted b
    where w.target_id = ${t} and w.record_id = b.record_id
      and (b.changed is null or ${referenceField(`'${dataType}'`, 'w.data_type')} = any (b.changed))
      and not exists (
        select 1 from batch_waiting n where n.record_id = w.record_id and n.data_type = w.data_type and n.uid = w.uid
      )
  ), waiting as (
    insert into waiting_references (target_id, record_id, source_id, data_type, uid)
    select distinct ${t}, n.record_id, b.source_id, n.data_type, n.uid
    from batch_waiting n join accepted b on b.record_id = n.record_id
    on conflict do nothing
  )
  select 1`;
}

/** Records that are linked to a resource which others stand for already: what they say counts as said just now. */
const joinedAndSaid = ({ targetId, dataType }: Reading): string => `joined as materialized (
    select b.record_id from accepted b
    where b.action = 'link' and exists (
      select 1 from links x
      where x.target_id = ${targetId} and x.data_type = '${dataType}' and x.resource_id = b.resource_id
        and x.state <> 'detached' and x.record_id <> b.record_id
    )
  ), said as (
    insert into field_changes (record_id, field, task_id)
    select j.record_id, k, $1 from joined j join records r on r.id = j.record_id cross join lateral jsonb_object_keys(r.payload) k
    on conflict (record_id, field) do update set task_id = excluded.task_id, changed_at = excluded.changed_at
  ), `;

/**
 * A reference that waited before and waits on was looked at again beside what really changed; nothing was written, so it
 * is no difference. $1 task. (A record refers to one other of its own data type; lists refer to the others.)
 */
function stillWaits({ targetId, dataType, rules }: Reading): string {
  if (!rules.owns || !rules.image) return '';
  const field = referenceField(`'${dataType}'`, `'${dataType}'`);
  const unset = `d ->> 'field' = ${field} and coalesce(d -> 'before', 'null') = 'null'`;
  return `still_waits as (
    update changes c
    set written = (select coalesce(jsonb_agg(d), '[]') from jsonb_array_elements(c.written) d where not (${unset}))
    from batch_waiting n join accepted b on b.record_id = n.record_id
    where n.data_type = '${dataType}' and c.task_id = $1 and c.target_id = ${targetId} and c.data_type = '${dataType}'
      and c.record_id = n.record_id and c.written is not null
      and not coalesce(c.diff, '[]') @> jsonb_build_array(jsonb_build_object('field', ${field}))
    returning c.record_id, c.written
  ), `;
}

/** The other records of a resource get its state. */
const siblings = (targetId: number, active: string): string => `siblings as (
    update links l
    set state = case b.action when 'delete' then 'deleted' when 'disable' then 'disabled' else ${active} end,
      shared = l.shared or b.action = 'link'
    from accepted b
    where b.action in (${OF_ALL_RECORDS.map((action) => `'${action}'`).join(', ')})
      and l.target_id = ${targetId} and l.data_type = b.data_type and l.resource_id = b.resource_id
      and l.state <> 'detached' and l.record_id <> b.record_id
  ), `;

/**
 * Changes worth a second try after the last batch: losers of a collision whose winner may have let go meanwhile, what
 * hung on such a one, and changes whose awaited reference arrived in a later batch. $1 task. Forgets their failure. A
 * create that lost is matched again first: another source may have made the same person meanwhile. Returns `record_id`.
 */
export const secondTrySql = (reading: Reading): string => `
  with lost as materialized (
    select c.record_id, ${isShareable(reading) ? rematched(reading) : 'null::bigint'} as match_id
    from changes c
    where c.task_id = $1 and c.target_id = ${reading.targetId} and c.data_type = '${reading.dataType}' and c.outcome = 'failed'
      and c.action is not null and ${reading.rules.owns ? `c.code in ('username_taken', 'email_taken', 'phone_taken')` : unblocked(reading)}
  ), losers as (
    update changes c
    set outcome = null, code = null, field = null, message = null,
      action = case when l.match_id is null then c.action else 'link' end, resource_id = coalesce(l.match_id, c.resource_id)
    from lost l
    where c.task_id = $1 and c.target_id = ${reading.targetId} and c.data_type = '${reading.dataType}' and c.record_id = l.record_id
    returning c.record_id
  )
  select record_id from losers
  union
  select c.record_id
  from changes c
  join waiting_references w on w.target_id = c.target_id and w.record_id = c.record_id
  join resolved_references r on r.source_id = w.source_id and r.data_type = w.data_type and r.uid = w.uid
  where c.task_id = $1 and c.target_id = ${reading.targetId} and c.data_type = '${reading.dataType}' and c.action <> 'delete' and c.outcome is null`;

/** SQL: the record of change `c` had no resource to attach to, and has one by now. */
const unblocked = ({ owner }: Reading): string =>
  `c.code = 'blocked_by_${owner.targetName}' and exists (
        select 1 from links o where o.target_id = ${owner.targetId} and o.record_id = c.record_id and o.state <> 'detached'
      )`;

/**
 * SQL: the one resource that the record of change `c` may take over by now, by the match keys of the task; else null. Who
 * approved a plan that creates somebody has not approved that somebody else is taken over; and whoever would be disabled by that is
 * counted by the next plan, as this one was not (rule 17).
 */
function rematched({ targetId, dataType, resource }: Reading): string {
  const holders = Object.entries(resource?.matchKeys ?? {}).map(
    ([
      field,
      column,
    ]) => `select x.id, ${resource?.protectedColumn ? `x.${resource.protectedColumn}` : 'false'} as protected
        from ${resource?.table ?? ''} x
        where '${field}' = any (string_to_array(t.match_key, ',')) and x.deleted_at is null
          and lower(x.${column}) = lower(r.payload ->> '${field}')`,
  );
  if (holders.length === 0) return 'null::bigint';
  return `case when c.action = 'create' then (
      select case when count(distinct h.id) = 1 and not bool_or(h.protected) and not bool_or(exists (
          select 1 from links x ${recordOf('x', 'r2')}
          where r2.source_id = r.source_id and x.target_id = ${targetId} and x.data_type = '${dataType}' and x.resource_id = h.id and x.state <> 'detached'
        )) then min(h.id) end
      from records r
      join tasks t on t.id = $1 and t.approved_at is null
      cross join lateral (
        ${holders.join('\n        union all\n        ')}
      ) h
      where r.id = c.record_id and r.payload -> 'isDisabled' is distinct from 'true'
    ) end`;
}

/** What of a released plan was not reached: $1 task, $2 target, $3 data type, $4 applied up to here, $5 code, $6 message. */
export const MARK_UNREACHED = `
  update changes set outcome = 'stale', code = $5, field = null, message = $6
  where task_id = $1 and target_id = $2 and data_type = $3 and record_id > $4 and action is not null and outcome is null`;

/** What a released plan holds for targets that the task does not apply any more: $1 task, $2 ids of those that it does. */
export const LEAVE_UNSERVED = `
  update changes set outcome = 'stale', code = 'stale', field = null, message = 'The target was switched off or deleted after this plan was made.'
  where task_id = $1 and target_id <> all ($2::smallint[]) and action is not null and outcome is null`;
