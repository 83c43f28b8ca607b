import type { DataType } from '@rollcall/core';
import { firstReadings, hashOf, type Reading, subset } from '../reading';
import { effective, isShareable } from './effective';
import { LEAVES, MISSING_AS_STAGED, stageMissing } from './missing';
import { sameValue } from './images';
import { statedElsewhere } from './kept-elsewhere';
import { leavingPolicy } from './leaving';
import { losesAny, SHOWN } from './losses';
import { COMES_BACK, neededAction } from './needed-action';
import { referenceField } from './reference-field';
import { chosen, linksByHand, refusedLink, takenBySource } from './chosen-link';
import { WATCHED } from './rejections';
import { PROTECTED_OTHERWISE, PROTECTED_RECORDS } from './protected-records';
import { leftRefused } from './refused-here';
import { failedBefore } from './remote';
import { isTakenBack, states, UNDONE as TAKEN_AWAY, withTakenBack } from './told-statement';
import { uidDifference } from './told-uid';
import { MAY_BE_NEW, UNSTATED } from './unstated';

export interface PlanOptions {
  staging: string;
  /** Data types that were read to their end: whom the read did not name is missing. */
  complete: readonly DataType[];
  /** The task may have applied changes in an earlier attempt; those stand, and records get no second one on the same target. */
  again: boolean;
  /** The fields by which new records are matched with resources that are there; none: they are not. */
  matchKey: readonly string[];
  /** What is staged came through the queue: it may be a million records, and links that an admin made by hand. */
  large: boolean;
  /** Tasks of the source were undone, and what they put back for targets elsewhere is brought by backfills. */
  undone: boolean;
  /** Everybody leaves because the source goes, also who was brought back by hand or by an undo. */
  removal: boolean;
  /** Nothing comes to the targets here with this plan: what failed there is known to be blocked elsewhere. */
  backfill: boolean;
}

const matching = ({ matchKey, large }: PlanOptions): boolean => matchKey.length > 0 || large;

/**
 * The plan: one comparison of staging with desired (records) and applied (links), for all targets at once. Writes
 * `changes`, and into staging what is missing, and nothing else.
 *
 * Parameters: $1 task, $2 source, from $3 on `leavingParameters`. What a task cannot need is left out of the text: of what a
 * small push costs, most is starting the statement.
 *
 * Returns one row: `changes` [{target_id, data_type, action, outcome, n, read, loses}] (`read`: those among `n` that
 * stand in the read; `loses`: those that take something away), `fresh` (records that did not exist), `moved` (records that
 * did, and may have changed), `back` (those that had left), `watched` (the source has removals that wait for a decision, or were rejected).
 */
export function planSql(readings: readonly Reading[], options: PlanOptions): string {
  const { staging, complete, again } = options;
  const unlessApplied = again ? 'on conflict (task_id, target_id, data_type, record_id) do nothing' : '';
  return `
  with ${options.large ? `differing as materialized (${differing(readings, options)}),` : ''}
  ${complete.length > 0 ? `absent as (${stageMissing(staging)}),` : ''}
  scope as materialized (
    ${scope(readings, options)}
  ), ${matching(options) ? `held as materialized (${held(readings, options)}), matches as (${matches(readings, options)}),` : ''}
  candidates as (
    ${[
      ...readings.map((reading) => candidates(reading, options)),
      ...firstReadings(readings).map((reading) => refusals(reading, options)),
    ].join('\n    union all\n    ')}
  ), planned as (
    insert into changes (task_id, target_id, data_type, record_id, position, uid, action, resource_id, diff, outcome, code, field, message, state, earlier_task_id, version, turn, written)
    select $1, c.* from candidates c
    ${unlessApplied}
    returning target_id, data_type, record_id, position, uid, action, outcome, ${losesAny(SHOWN)} as loses
  ), awaited as (
    ${awaited(readings)}
    ${unlessApplied}
    returning target_id, data_type, action, outcome
  ), counted as (
    select target_id, data_type, action, outcome, count(*)::int as n, count(position)::int as read,
      count(*) filter (where loses)::int as loses
    from planned group by 1, 2, 3, 4
    union all
    select target_id, data_type, action, outcome, count(*)::int, 0, 0 from awaited group by 1, 2, 3, 4
  )
  select (select coalesce(jsonb_agg(counted), '[]') from counted) as changes,
    (select count(*)::int from scope where known_id is null and ${MAY_BE_NEW('gone')} and code is null) as fresh,
    (select count(*)::int from scope where known_id is not null and code is null) as moved,
    ${options.large ? '(select count(*)::int from scope where was_gone is not null and gone is null and code is null)' : 0} as back,
    ${WATCHED} as watched`;
}

const TITLE_REQUIRED = `s.data_type = 'department' and s.gone is null and not m.merged ? 'title'`;

/** SQL: the uid that staged record `s` has once the plan is applied. */
const UID_NOW = 'coalesce(s.renamed_to, s.uid)';

const targetsOf = (readings: readonly Reading[]): Reading[] => [
  ...new Map(readings.map((reading) => [reading.targetId, reading])).values(),
];

/**
 * SQL: staged record `s` is not simply what is stored as `r` and applied to every target. `unread`: for a reading that owns
 * no resources, what must hold besides when it has no link.
 */
function differs(readings: readonly Reading[], unread: (reading: Reading) => string): string {
  const behind = targetsOf(readings).map(
    ({ targetId: t, remote }) =>
      `l${t}.version <> r.version or l${t}.dirty${remote ? ` or h${t}.record_id is not null or l${t}.told_uid <> ${UID_NOW}` : ''}`,
  );
  const unlinked = readings.map(
    (reading) =>
      `(s.data_type = '${reading.dataType}' and l${reading.targetId}.record_id is null and r.gone is null${
        reading.rules.owns ? '' : unread(reading)
      })`,
  );
  return `s.code is not null or r.id is null or r.seen_hash <> s.seen_hash or r.gone is distinct from s.gone or s.link_to is not null
      or ${[...behind, ...unlinked].join('\n      or ')}`;
}

/**
 * Where staged records stand that may not simply be what is stored and applied already, and, in the one pass that a million
 * records allow, what a complete read did not contain. Joins nothing wide.
 */
function differing(readings: readonly Reading[], { staging, complete, removal }: PlanOptions): string {
  if (complete.length === 0) {
    return `select s.ctid as place, r.id as known_id
    from ${staging} s
    left join records r on r.source_id = $2 and r.data_type = s.data_type and r.uid = s.uid
    ${linksOf(readings)}
    where s.task_id = $1 and (${removal ? 'true' : differs(readings, () => '')})`;
  }
  return `select s.place, r.id as known_id
    from (select ctid as place, * from ${staging} where task_id = $1) s
    full join (select * from records where source_id = $2) r on r.data_type = s.data_type and r.uid = s.uid
    ${linksOf(readings)}
    where s.place is not null and (${differs(readings, () => '')})
      or s.place is null and r.data_type in (${complete.map((dataType) => `'${dataType}'`).join(', ')}) and ${LEAVES}`;
}

function linksOf(readings: readonly Reading[]): string {
  const links = targetsOf(readings).flatMap(({ targetId: t, remote }) => [
    `left join links l${t} on l${t}.target_id = ${t} and l${t}.record_id = r.id`,
    ...(remote ? [`left join handed_out h${t} on h${t}.target_id = ${t} and h${t}.record_id = r.id`] : []),
  ]);
  return links.join('\n    ');
}

/** SQL: staged record `s`, and the record `r` that the source has under its uid. All is looked up by key. */
function stagedAndKnown({ staging, complete, large }: PlanOptions): string {
  if (!large) {
    return `${staging} s
    left join lateral (
      select * from records r where r.source_id = $2 and r.data_type = s.data_type and r.uid = s.uid offset 0
    ) r on true`;
  }
  // A link by hand says nothing, so whether its record is gone is what is known of it.
  return `differing d
    cross join lateral (
      select s.new_id, s.position, s.data_type, s.uid, s.renamed_to,
        case when s.link_to is null or d.known_id is null then s.gone else (select r.gone from records r where r.id = d.known_id) end as gone,
        s.link_to, s.code, s.field, s.message, s.payload, s.cleared, s.seen_hash, s.base_version
      from ${staging} s where s.ctid = d.place ${complete.length > 0 ? MISSING_AS_STAGED : ''} offset 0
    ) s
    left join lateral (select * from records r where r.id = d.known_id offset 0) r on true`;
}

/** SQL: the record says what it said, in the same words. */
const REPEATS = 'coalesce(r.seen_hash = s.seen_hash and r.gone is not distinct from s.gone, false)';

/** SQL: the record says nothing new. What an undo put back of it (`b`) stands for what it says, also where it is looked at again. */
const UNDONE = `(b.record_id is not null and r.gone is not distinct from s.gone and (r.payload - coalesce(s.cleared, '{}')) || s.payload = r.payload)`;

/** SQL: the record left before, in the same way, and an admin or an undo has brought back whom it stood for since: they stay. */
const BROUGHT_BACK = `s.gone = r.gone and s.gone <> '${UNSTATED}' and (${states('r')} or exists (
        select from links back
        where back.target_id = (select id from targets where name = s.data_type || 's')
          and back.record_id = r.id and back.restored_version = r.version
      ))`;

/**
 * Staged records that are not simply what is stored and applied already, each with its link on every target. A detached
 * link is there, so that an unchanged record is left alone; otherwise it counts as none. All is looked up by key
 * (`offset 0`): nobody can guess beforehand how many differ.
 */
function scope(readings: readonly Reading[], options: PlanOptions): string {
  // What fills up a target that only attaches something asks where that hangs, which is another one's.
  const targets = targetsOf([...readings, ...readings.map(({ owner }) => owner)]);
  const columns = targets.map(
    ({ targetId: t, remote }) => `
      case when l${t}.state <> 'detached' then l${t}.resource_id end as l${t}_resource,
      case when l${t}.state = 'detached' then l${t}.resource_id end as l${t}_detached,
      l${t}.state as l${t}_state,${remote ? ` l${t}.payload as l${t}_payload, l${t}.told_uid as l${t}_told_uid, h${t}.action as l${t}_handed,` : ''} l${t}.applied_hash as l${t}_hash, l${t}.dirty as l${t}_dirty, l${t}.task_id as l${t}_task, l${t}.shared as l${t}_shared,
      coalesce((l${t}.dirty or l${t}.version <> r.version) and l${t}.state <> 'detached', false) as l${t}_behind`,
  );
  const joins = targets.flatMap(({ targetId: t, remote }) => [
    `left join lateral (select * from links l where l.target_id = ${t} and l.record_id = r.id offset 0) l${t} on true`,
    ...(remote
      ? [
          `left join lateral (select * from handed_out h where h.target_id = ${t} and h.record_id = r.id offset 0) h${t} on true`,
        ]
      : []),
  ]);
  const refused = refusedLink(options.large ? readings : []);
  const leaving = leavingPolicy('s.data_type', 's.gone', 3);
  const putBack = options.undone ? 'b.payload' : 'null::jsonb';
  return `select s.new_id, s.position, s.data_type, s.uid, ${UID_NOW} as uid_now, s.gone, s.link_to, s.base_version,
      coalesce(s.code, case when ${TITLE_REQUIRED} then 'title_required' end, ${refused.code}) as code,
      case when s.code is null and ${TITLE_REQUIRED} then 'title' else s.field end as field,
      coalesce(case when s.code is null and ${TITLE_REQUIRED}
        then 'A department needs a title: send "title".' else s.message end, ${refused.message}) as message,
      r.id as known_id, coalesce(r.id, s.new_id) as record_id, case when u.undone then ${putBack} else coalesce(r.payload, '{}') end as old, r.gone as was_gone, r.task_id as said_by, m.merged,
      ${options.undone ? `u.undone and b.gone is not distinct from '${TAKEN_AWAY}'` : 'false'} as taken_away,
      ${REPEATS} as repeats, u.undone,
      ${options.removal ? leaving : `case when ${BROUGHT_BACK} then 'keep' else ${leaving} end`} as leaving,${columns.join(',')}
    from ${stagedAndKnown(options)}
    ${joins.join('\n    ')}
    ${options.undone ? withTakenBack() : ''}
    cross join lateral (select ${options.undone ? UNDONE : 'false'} as undone) u
    cross join lateral (
      select case when r.id is null then s.payload when u.undone then ${putBack} else (r.payload - coalesce(s.cleared, '{}')) || s.payload end as merged
    ) m
    where ${options.large ? '' : 's.task_id = $1 and '}(${options.removal ? 'true' : differs(readings, ({ rules }) => ` and ${subset(rules.fields, 'r.payload')} <> '{}'`)})`;
}

interface MatchKey {
  reading: Reading;
  field: string;
  /** Where the resources have the field. */
  column: string;
}

function matchKeys(readings: readonly Reading[], { matchKey }: PlanOptions): MatchKey[] {
  const owned = readings.filter((reading) => reading.rules.owns);
  const all = owned.flatMap((reading) =>
    Object.entries(reading.resource?.matchKeys ?? {}).map(([field, column]) => ({ reading, field, column })),
  );
  return all.filter(({ field }) => matchKey.includes(field));
}

/** Resources that records without a link may take over, by the source's match keys or because an admin said so. */
function held(readings: readonly Reading[], options: PlanOptions): string {
  const found = matchKeys(readings, options).map(holders);
  if (options.large) found.push(...readings.filter(linksByHand).map(chosen));
  return perRecord(found.length > 0 ? found : [NO_MATCH]);
}

/** The task asks for keys that no target of its data types has. */
const NO_MATCH = `select null::bigint, null::integer, null::integer, null::text, null::bigint, false, false, false where false`;

/** The same, and what records claim from each other: one that is refused as it is claims nothing. */
function matches(readings: readonly Reading[], options: PlanOptions): string {
  const claims = matchKeys(readings, options).map(rivals);
  return `select *, row_number() over (
        partition by target_id, resource_id, ambiguous or protected or taken order by position, record_id
      ) as claimant
    from (
      ${perRecord(['select * from held', ...claims])}
    ) g`;
}

const perRecord = (found: readonly string[]): string => `
      select record_id, position, target_id, min(field) as field, min(resource_id) as resource_id,
        bool_or(ambiguous) or count(distinct resource_id) > 1 as ambiguous, bool_or(protected) as protected, bool_or(taken) as taken
      from (
        ${found.join('\n        union all\n        ')}
      ) f (record_id, position, target_id, field, resource_id, ambiguous, protected, taken)
      group by record_id, position, target_id`;

const unlinked = ({ targetId: t, dataType }: Reading): string =>
  `sc.data_type = '${dataType}' and sc.code is null and sc.gone is null
        and sc.l${t}_resource is null`;

/** Existing resources that hold the value of a record, except one that the record was taken from. */
function holders({ reading, field, column }: MatchKey): string {
  const { targetId: t, dataType, resource: resources } = reading;
  return `select sc.record_id, sc.position, ${t}, '${field}', x.id, false,
        ${resources?.protectedColumn ? `x.${resources.protectedColumn}` : 'false'},
        ${takenBySource(t, dataType, 'x.id')}
      from scope sc
      join ${resources?.table ?? ''} x on lower(x.${column}) = lower(sc.merged ->> '${field}') and x.deleted_at is null
        and x.id is distinct from sc.l${t}_detached
      where ${unlinked(reading)}`;
}

/** Records that state the value of an earlier one in the same read: that one gets the resource, new or not. */
function rivals({ reading, field }: MatchKey): string {
  return `select v.record_id, v.position, ${reading.targetId}, '${field}', null::bigint, false, false, true
      from (
        select sc.record_id, sc.position,
          row_number() over (partition by lower(sc.merged ->> '${field}') order by sc.position, sc.record_id) as place
        from scope sc
        where ${unlinked(reading)} and sc.merged ? '${field}'
          and not exists (
            select 1 from held h
            where h.record_id = sc.record_id and h.target_id = ${reading.targetId} and (h.ambiguous or h.protected or h.taken)
          )
      ) v
      where v.place > 1`;
}

/** A record whose match is refused anywhere is not stored, so it concerns no remote target either. */
const NOT_REFUSED = `
          and not exists (
            select 1 from matches o
            where o.record_id = sc.record_id and (o.ambiguous or o.protected or o.taken or o.claimant > 1)
          )`;

/** What an undo put back is not what the record says: a backfill brings that, and what is said anew beside it (rule 21). */
const NOT_TAKEN_BACK = `
          and not ${isTakenBack('sc.known_id')}`;

/** SQL: what records are matched with. Postgres sees of none that it is none, and does not ask it. */
const matchesOf = (options: PlanOptions): string => (matching(options) ? 'matches' : NO_MATCHES);

const NO_MATCHES = `(
          select null::bigint as record_id, null::integer as target_id, null::text as field, null::bigint as resource_id,
            false as ambiguous, false as protected, false as taken, null::bigint as claimant where false
        )`;

const REFUSED_MATCH = `(m.ambiguous or m.protected or m.taken or m.claimant > 1)`;

/**
 * The changes of one reading. Fields that were locked by hand are no difference, and a locked life does not change. For a
 * shared resource the difference is that of what all its records say together, or to what stands there for one that had
 * left, or whose change failed. What a remote target last got is known exactly, so its differences are told even when it is behind.
 * Any other change whose link is behind has none: it writes all that the record says. What that came to when it was planned is
 * shown as `written`, and found out again when it is applied. (`offset 0`: actions and differences are found out once, not again
 * wherever they are named.)
 */
function candidates(reading: Reading, options: PlanOptions): string {
  const { targetId: t, dataType, rules, remote } = reading;
  const known = `sc.l${t}_resource is not null`;
  const oldPart = `case when ${known} then ${remote ? `coalesce(sc.l${t}_payload, '{}')` : subset(rules.fields, 'sc.old')} else '{}'::jsonb end`;
  // A record that left writes only what falls to others, which the difference names.
  const behind = remote ? 'false' : `sc.l${t}_behind and not sc.undone${rules.owns ? ' and sc.gone is null' : ''}`;
  const newPart = remote
    ? `case when ${leavesAsTold(reading)} then sc.l${t}_payload else ${subset(rules.fields, 'sc.merged')} end`
    : rules.owns
      ? subset(rules.fields, 'sc.merged')
      : `case when e.takes then '{}'::jsonb else ${subset(rules.fields, 'sc.merged')} end`;
  const diff = 'case when not q.behind then q.differences end';
  const blocker = remote && options.backfill ? blockedBy(reading) : undefined;
  const blocked = (what: keyof typeof BLOCKED): string =>
    blocker === undefined
      ? 'null::text'
      : `case when q.action = 'create' and q.blocked_by is not null then ${BLOCKED[what]} end`;
  return `select ${t}::smallint, '${dataType}', q.record_id, q.position, q.uid, q.action, q.match_id, ${rules.owns ? diff : `nullif(${diff}, '[]')`},
      ${blocked('outcome')}, ${blocked('code')}, null::text, ${blocked('message')}, case when q.action in ('disable', 'delete', 'restore') then q.state end, q.task_id, q.version,
      ${remote ? 'case when q.called_otherwise then 0 end' : 'null::integer'}, ${written(reading)}
    from (
      select p.record_id, p.position, p.uid, p.match_id, p.owned or p.leaves or p.returns or p.undone as settles, p.state, p.task_id, p.version, p.unsure, p.behind,${blocker === undefined ? '' : ' p.blocked_by,'}${remote ? ' p.told_uid <> p.uid_now as called_otherwise,' : ''}
        case when p.action in ('disable', 'restore') and p.state <> 'deleted' and 'status' = any (p.locked)
          then 'update' else p.action end as action,
        case
          when p.action in ('create', 'delete') or p.beside_create${rules.image ? '' : ' or p.behind'} then null
          else ${differences(reading)}${remote ? ` || case when p.told_uid <> p.uid_now then ${uidDifference('p.told_uid', 'p.uid_now')} else '[]' end` : ''}
        end as differences
      from (
        select sc.record_id, sc.position, sc.uid, ${blocker === undefined ? '' : `${blocker} as blocked_by, `}${remote ? `sc.uid_now, sc.l${t}_told_uid as told_uid, ` : ''}${behind} and not e.takes and not e.asks and not ${besideCreate(reading)} as behind, sc.l${t}_state as state, sc.l${t}_task as task_id,
          ${remote ? 'sc.base_version' : 'null::integer'} as version, ${remote ? `sc.l${t}_handed is not null` : 'false'} as unsure, ${rules.owns} as owned,
          e.takes as leaves, ${returns(reading)} as returns, sc.undone, m.resource_id as match_id,
          ${besideCreate(reading)} as beside_create, ${locked(reading)} as locked,
          e.asks, ${comesBack(reading)} as comes_back, ${linksAlone(reading)} as links_alone, ${oldPart} as said, coalesce(${stands(reading)}, e.shared -> 'before', ${oldPart}) as old_part,
          coalesce(e.shared -> 'after', d.desired) as new_part, e.shared -> 'fields' as settled,
          ${neededAction(reading, options)} as action
        from scope sc
        left join ${matchesOf(options)} m on m.record_id = sc.record_id and m.target_id = ${reading.owner.targetId}
        cross join lateral (select ${shared(reading)} as shared, ${mayStandOtherwise(reading)} as asks, ${takesAttached(reading)} as takes${rules.owns ? `, ${stated(reading)} as stated` : ''} offset 0) e
        cross join lateral (select ${newPart} as desired) d
        cross join lateral (select coalesce(sc.l${reading.owner.targetId}_resource, m.resource_id) as id) concerned
        where sc.data_type = '${dataType}' and sc.code is null and not coalesce(${REFUSED_MATCH}, false)${protection(reading)}${remote && matching(options) ? NOT_REFUSED : ''}${remote && options.undone ? NOT_TAKEN_BACK : ''}
        offset 0
      ) p
      where p.action is not null
      offset 0
    ) q
    where not (q.settles and q.action = 'update' and ${diff} is not distinct from '[]' and not q.unsure)`;
}

/** SQL: record `sc` leaves with what it was told of: what it said since was refused here, and that is not told elsewhere either. */
function leavesAsTold(reading: Reading): string {
  const leftBy = 'case when sc.was_gone is null then $1 else sc.said_by end';
  const refused = leftRefused(reading, { record: 'sc.known_id', leftBy });
  return `sc.gone is not null and sc.l${reading.targetId}_payload is not null and not ${isTakenBack('sc.known_id')} and ${refused}`;
}

/** SQL: what becomes of a change that is blocked by target `q.blocked_by`. */
const BLOCKED = { outcome: `'failed'`, code: `'blocked_by_' || q.blocked_by`, message: failedBefore('q.blocked_by') };

/** SQL: the target before this one on which the last statement of record `sc` failed, so that nobody is there for it. */
function blockedBy({ dataType, after }: Reading): string | undefined {
  const before = after
    .filter(({ rules }) => rules.owns)
    .map(
      ({
        targetId: p,
        targetName,
      }) => `when not exists (select from links k where k.target_id = ${p} and k.record_id = sc.known_id)
            and exists (
              select from changes f
              where f.task_id = sc.said_by and f.target_id = ${p} and f.data_type = '${dataType}' and f.record_id = sc.known_id
                and f.outcome = 'failed'
            ) then '${targetName}'`,
    );
  return before.length === 0 ? undefined : `case ${before.join(' ')} end`;
}

/**
 * SQL: what the change comes to when that is another than its difference: of what is looked at again all of it, and to say of
 * somebody active that they are not disabled changes nothing.
 */
function written({ rules }: Reading): string {
  const behind = 'when q.behind then q.differences';
  if (!rules.owns || !rules.canDisable || !rules.image) return `case ${behind} end`;
  return `case ${behind}
        when q.differences @? '$[*] ? (${STAYS_ACTIVE})' then jsonb_path_query_array(q.differences, '$[*] ? (!(${STAYS_ACTIVE}))') end`;
}

/** JSON path: the difference between not saying that somebody is disabled and saying that they are not. */
const STAYS_ACTIVE =
  '@.field == "isDisabled" && (@.before == null && @.after == false || @.before == false && @.after == null)';

/**
 * SQL: the fields in which what was said, or of what is looked at again what stands, and what is asked for differ; none that is
 * locked or another's. What stands may be written otherwise and mean the same; of who comes back, or is linked, what the record never
 * said stays, but whoever is linked to somebody disabled whom nobody states enables them.
 */
const differences = (reading: Reading): string => `(
            select coalesce(jsonb_agg(jsonb_build_object('field', k, 'before', p.old_part -> k, 'after', p.new_part -> k) order by k), '[]')
            from (select jsonb_object_keys(p.old_part) union select jsonb_object_keys(p.new_part)) keys (k)
            where p.old_part -> k is distinct from p.new_part -> k and not ((p.asks or p.behind or p.links_alone) and ${SAME})${awaits(reading)}
              and not k = any (p.locked) and not (k = 'isDisabled' and 'status' = any (p.locked))
              and (p.links_alone and k = 'isDisabled' and p.old_part -> k = 'true'
                or (p.settled is null or p.settled ? k) and (not (p.comes_back or p.links_alone) or p.new_part ? k or p.said ? k))
          )`;

const SAME = sameValue('k', 'p.old_part -> k', 'p.new_part -> k');

/** A reference that is awaited, and still will be, is not set by looking again. */
function awaits({ targetId: t, dataType, rules }: Reading): string {
  if (!rules.owns || !rules.image) return '';
  return ` and not (p.behind and k = ${referenceField(`'${dataType}'`, `'${dataType}'`)} and coalesce(p.old_part -> k, 'null') = 'null' and exists (
                select 1 from waiting_references w
                where w.target_id = ${t} and w.record_id = p.record_id and w.data_type = '${dataType}'
              ))`;
}

/**
 * The record left, and what it attached to its resource goes with it: the resource is deleted, or others state it, and one
 * that left states nothing. Of whom nobody states any more, and who stays by policy, all stays as it was.
 */
function takesAttached({ rules, owner }: Reading): string {
  if (rules.owns) return 'false';
  const leaving = { resource: `sc.l${owner.targetId}_resource`, record: 'sc.record_id', source: '$2' };
  return `coalesce(sc.leaving = 'delete'
            or sc.leaving is not null and sc.l${owner.targetId}_shared and ${statedElsewhere(owner, leaving)}, false)`;
}

/** SQL: a record that left leaves somebody behind whom others state. */
const stated = (reading: Reading): string =>
  `case when sc.gone is not null then ${statedElsewhere(reading, { resource: `sc.l${reading.targetId}_resource`, record: 'sc.record_id', source: '$2' })} end`;

/** What all records of the resource say together; null when it has no other one. */
function shared(reading: Reading): string {
  if (!isShareable(reading)) return 'null::jsonb';
  const linked = `sc.l${reading.targetId}_resource is not null`;
  const own = {
    resource: `coalesce(sc.l${reading.targetId}_resource, m.resource_id)`,
    record: 'sc.record_id',
    source: '$2',
    linked,
    old: { payload: 'sc.old', live: `(${linked} and sc.was_gone is null)` },
    now: { payload: 'sc.merged', live: 'sc.gone is null' },
  };
  return `case when sc.l${reading.targetId}_shared or m.resource_id is not null then ${effective(reading, own)} end`;
}

/** The record had left, and its resource is there. */
const comesBack = ({ targetId: t, rules }: Reading): string =>
  rules.owns && rules.image ? `(${COMES_BACK} and sc.l${t}_resource is not null)` : 'false';

/** The record is linked to somebody whom no other one states: what stands there the target alone knows. */
const linksAlone = ({ targetId: t, rules }: Reading): string =>
  rules.owns && rules.image
    ? `(m.resource_id is not null and sc.l${t}_resource is null and coalesce(e.shared -> 'before', '{}') = '{}')`
    : 'false';

/**
 * The record comes back: what it said before it left may never have been applied. Or that of a shared resource had left before, or
 * leaves and an earlier change of it failed.
 */
function mayStandOtherwise(reading: Reading): string {
  const { targetId: t } = reading;
  if (!isShareable(reading)) return comesBack(reading);
  return `(${comesBack(reading)} or coalesce(sc.l${t}_shared and (sc.was_gone is not null or sc.gone is not null and sc.l${t}_behind), false))`;
}

/**
 * For such a record, and for one that left and whose attachments are behind or looked at again: what stands there. The records cannot
 * tell: what nobody says any more stays, what was to fall to others may have failed, and what was attached may be gone.
 *
 * Nor can a record tell what it attached when its link names another task than the one that last changed the record: that one was
 * undone, or said nothing of this; or when the record had left. Only those whose attachments change are looked at, and who comes back:
 * what they attached may never have come about.
 */
function stands(reading: Reading): string {
  const { targetId: t, rules } = reading;
  if (!rules.image) return 'null::jsonb';
  const asked = rules.owns
    ? `(e.asks or sc.l${t}_behind and sc.gone is null or ${linksAlone(reading)})`
    : `case when sc.l${t}_behind or ${COMES_BACK} then true
        else (sc.l${t}_task <> sc.said_by or sc.was_gone is not null) and ${hashOf('d.desired')} <> sc.l${t}_hash end`;
  return `case when ${asked} then ${rules.image('concerned.id', '$2')} end`;
}

/** Who comes back with attachments that say what they said: where all of that stands, nothing is to be done. */
const returns = ({ targetId: t, rules }: Reading): string =>
  rules.owns ? 'false' : `(${COMES_BACK} and not sc.l${t}_dirty and ${hashOf('d.desired')} = sc.l${t}_hash)`;

/** What is attached to a resource that this plan creates: rule 29 holds for it as for the create, the record has it all. */
const besideCreate = ({ owner, rules }: Reading): string =>
  rules.owns ? 'false' : `(sc.l${owner.targetId}_resource is null and m.resource_id is null)`;

/** Fields of the resource that were set by hand, also of one that is about to be linked. */
function locked({ rules, resource: resources }: Reading): string {
  if (!rules.owns || !resources?.lockedColumn) return `'{}'::text[]`;
  return `case when concerned.id is null then '{}'::text[] else coalesce(
            (select x.${resources.lockedColumn} from ${resources.table} x where x.id = concerned.id), '{}') end`;
}

function protection({ targetId: t, dataType, owner, remote }: Reading): string {
  if (remote && dataType === 'user') {
    const unlinked = `sc.l${t}_resource is null`;
    return `
        and coalesce(sc.known_id not in ${PROTECTED_OTHERWISE} and (${unlinked} or sc.known_id not in ${PROTECTED_RECORDS}), true)`;
  }
  const resources = owner.resource;
  if (!resources?.protectedColumn) return '';
  // Not `not exists`: guessing few rows in `scope`, Postgres would look through all protected resources for each.
  const resource = `sc.l${owner.targetId}_resource`;
  return `
        and (${resource} is null
          or ${resource} not in (select x.id from ${resources.table} x where x.${resources.protectedColumn}))`;
}

/** Records that fail before they become a change: invalid ones, and those whose match is refused. Superseded ones are stale. */
function refusals({ targetId: t, dataType }: Reading, options: PlanOptions): string {
  return `select ${t}::smallint, '${dataType}', sc.record_id, sc.position, sc.uid, null, sc.link_to, null, case sc.code when 'stale' then 'stale' else 'failed' end,
      coalesce(sc.code, case when m.protected then 'match_protected' when m.ambiguous then 'match_ambiguous' else 'match_taken' end),
      coalesce(sc.field, m.field),
      coalesce(sc.message, case
        when m.protected then 'The ' || m.field || ' belongs to user ' || m.resource_id || ', who is protected. An admin may link them by hand.'
        when m.resource_id is null then 'An earlier record of this source has the same ' || m.field || ', and takes the user.'
        when m.ambiguous then 'More than one user has these values. Match by one key, or link by hand.'
        else 'The ' || m.field || ' belongs to user ' || m.resource_id || ', who is linked to another uid of this source already, perhaps one that left. If both are the same person, unlink that one there first.'
      end),
      null, null, null, null, null
    from scope sc
    left join ${matchesOf(options)} m on m.record_id = sc.record_id and m.target_id = ${t} and ${REFUSED_MATCH}
    where sc.data_type = '${dataType}' and (sc.code is not null or m.record_id is not null)`;
}

/** Records that wait for one that this plan brings: their references are applied with it. Who leaves with it waits no more. */
const awaited = (readings: readonly Reading[]): string =>
  awaiting(
    readings,
    'planned',
    ' and not exists (select 1 from scope sc where sc.known_id = w.record_id and sc.gone is not null)',
  );

/**
 * The same when a held plan is approved, for those that began to wait after it was made: nothing else would bring them
 * what they wait for. One that has a change in the plan gets its references with that. $1 task, $2 source.
 */
export const awaitedSinceSql = (readings: readonly Reading[]): string =>
  awaiting(readings, '(select * from changes where task_id = $1)', ' and p.outcome is null');

/** `changes`: those of the plan; `and`: which of them are still to come. */
function awaiting(readings: readonly Reading[], changes: string, and = ''): string {
  const owners = readings.filter((reading) => reading.rules.owns);
  // What a target elsewhere gets now is here since long. One that only attaches something brings nobody.
  const bringing = owners.map(
    ({ targetId, dataType, remote }) =>
      `(p.target_id = ${targetId} and p.data_type = '${dataType}'${remote ? ' and w.target_id = p.target_id' : ''})`,
  );
  return `insert into changes (task_id, target_id, data_type, record_id, uid, action, diff, earlier_task_id)
    select $1, w.target_id, r.data_type, r.id, r.uid, 'update',
      jsonb_agg(distinct jsonb_build_object('field', f.field, 'after', r.payload -> f.field)),
      (select l.task_id from links l where l.target_id = w.target_id and l.record_id = r.id)
    from ${changes} p
    join waiting_references w on w.source_id = $2 and w.data_type = p.data_type and w.uid = p.uid
    join records r on r.id = w.record_id and r.gone is null
    cross join lateral (select ${referenceField('r.data_type', 'w.data_type')} as field) f
    where p.action in ('create', 'restore', 'link')${and} and (${bringing.join(' or ') || 'false'})
      and not exists (
        select 1 from ${changes} o
        where o.target_id = w.target_id and o.data_type = r.data_type and o.record_id = r.id
      )
    group by w.target_id, r.data_type, r.id, r.uid`;
}
