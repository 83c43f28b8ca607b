import { prefixPattern } from '../../http/like';
import { sortOf } from '../../http/page';
import { isNamed, isNamedLike, SUBSTRING_FROM } from '../name-patterns';
import { Parameters } from '../parameters';
import type { UserStatus } from '../user.dto';
import { isLinkOf } from './linked-records';
import { recordsWith, uidConditions } from './uid-search';

/** Which users a list shows. */
export interface UserFilter {
  statuses: readonly UserStatus[];
  departmentId?: number | undefined;
  sourceId?: number | undefined;
}

export interface Statement {
  text: string;
  values: unknown[];
}

/** A search that finds more than this shows this many of them: nobody reads on, and counting them would take longer. */
export const SEARCH_LIMIT = 10_000;

interface SortKey {
  key: string;
  /** Operators of the order; the default ones if absent. */
  order?: { ascending: string; descending: string };
}

/** The order of the unique indexes (text_pattern_ops), so that they can be read from. */
const INDEXED = { ascending: 'using ~<~', descending: 'using ~>~' };

const SORT_KEYS = {
  id: { key: 'u.id' },
  username: { key: 'lower(u.username)', order: INDEXED },
  nickname: { key: 'lower(u.nickname)' },
  email: { key: 'lower(u.email)', order: INDEXED },
  phone: { key: 'lower(u.phone)', order: INDEXED },
  // Ids are given out in the order of creation, and have an index that costs nothing more.
  createdAt: { key: 'u.id' },
  updatedAt: { key: 'u.updated_at' },
} as const satisfies Record<string, SortKey>;

export const USER_SORTS = Object.keys(SORT_KEYS) as (keyof typeof SORT_KEYS)[];

/** How many users pass the filter: `total`. */
export function countUsers(filter: UserFilter): Statement {
  const parameters = new Parameters();
  return {
    text: `select count(*)::int as total from users u where ${conditions(filter, parameters)}`,
    values: parameters.values,
  };
}

/** The ids of one page: `id`. `backwards`: both counted and told from the end. */
export function pageOfUsers(
  filter: UserFilter,
  sort: string | undefined,
  { limit, offset, backwards }: { limit: number; offset: number; backwards: boolean },
): Statement {
  const parameters = new Parameters();
  const { key, direction, using } = sorting(sort, backwards);
  const order = key === 'u.id' ? `u.id ${direction}` : `${key} ${using}, u.id ${direction}`;
  return {
    text: `select u.id from users u where ${conditions(filter, parameters)}
      order by ${order} limit ${parameters.add(limit)} offset ${parameters.add(offset)}`,
    values: parameters.values,
  };
}

/**
 * One page of the users that match a search text, exact matches first, and how many there are: one row of
 * `total, ids`.
 *
 * Every way to match is a branch of its own with an index of its own; each is cut off at the limit, so that `a` costs
 * no more than a name, and when the nicknames alone fill the limit nothing else is looked for but exact matches. Those
 * are looked up apart, so that they cannot be cut off; among nicknames only when they were, because their index finds
 * equal ones no faster than similar ones.
 */
export function searchUsers(
  filter: UserFilter,
  q: string,
  sort: string | undefined,
  limit: number,
  offset: number,
): Statement {
  const parameters = new Parameters();
  const { key, direction, using } = sorting(sort);
  const where = conditions(filter, parameters);
  const text = parameters.add(q);
  const prefix = parameters.add(prefixPattern(q));
  const column = hasTrigrams(q) ? 'u.nickname' : NOT_INDEXED;

  const users = (condition: string, exact: string): string =>
    `(select u.id, ${key} as key, ${exact} as exact from users u where ${where} and ${condition} limit ${SEARCH_LIMIT})`;
  const uids = (condition: string, exact: string): string => `(select u.id, ${key} as key, ${exact} as exact
      from ${recordsWith('user', condition)}
      join users u on u.id = k.resource_id
      where ${where} limit ${SEARCH_LIMIT})`;
  const overflow = `(select count(*) from nicknames) = ${SEARCH_LIMIT}`;
  const branches = [
    'select * from nicknames',
    ...['username', 'email', 'phone'].flatMap((field) => [
      users(`lower(u.${field}) = lower(${text})`, 'true'),
      users(`lower(u.${field}) like lower(${prefix}) and not ${overflow}`, 'false'),
    ]),
    ...(DIGITS.test(q)
      ? [users(`lower(u.phone) like ${parameters.add(prefixPattern(`+${q}`))} and not ${overflow}`, 'false')]
      : []),
    users(`${isNamed(column, text)} and ${overflow}`, 'true'),
    uids(`r.uid = ${text}`, 'true'),
    ...uidConditions(q, parameters).map((condition) => uids(`${condition} and not ${overflow}`, 'false')),
  ];
  return {
    text: `
    with nicknames as materialized (
      ${users(isNamedLike(column, q, text), isNamed('u.nickname', text))}
    ), found as materialized (
      select id, min(key) as key, bool_or(exact) as exact
      from (
      ${branches.join('\n      union all ')}
      ) branches
      group by id
    )
    select least((select count(*) from found), ${SEARCH_LIMIT})::int as total,
      (select coalesce(json_agg(id), '[]') from (
        select id from found order by exact desc, key ${using}, id ${direction}
        limit least(${parameters.add(limit)}, greatest(${SEARCH_LIMIT} - ${parameters.add(offset)}, 0))
        offset ${parameters.add(offset)}
      ) page) as ids`,
    values: parameters.values,
  };
}

/** Where the trigram index knows nothing to look for it would be read from end to end, which takes longer. */
const NOT_INDEXED = `(u.nickname || '')`;

/** A number is looked for as somebody reads it out: also without the plus before its country. */
const DIGITS = /^\d{4,}$/;

/** Whether the pattern that a text becomes holds three letters or digits in a row; the beginning of a word counts as two. */
function hasTrigrams(q: string): boolean {
  const substring = [...q].length >= SUBSTRING_FROM;
  return substring
    ? /[\p{Alphabetic}0-9]{2}|[^\p{Alphabetic}0-9][\p{Alphabetic}0-9]/u.test(q)
    : /[\p{Alphabetic}0-9]/u.test(q);
}

function sorting(sort: string | undefined, backwards = false): { key: string; direction: string; using: string } {
  const { property, direction: asked } = sortOf(sort, USER_SORTS, 'id');
  const { key, order }: SortKey = SORT_KEYS[property];
  const ascending = (asked === 'ASC') !== backwards;
  const direction = ascending ? 'ASC' : 'DESC';
  return { key, direction, using: order ? (ascending ? order.ascending : order.descending) : direction };
}

/** SQL: record `r` of user `u` left, and others state them still: then they are of those. */
const statedByOthers = `exists (
          select from links o join records other on other.id = o.record_id and other.gone is null
          where o.target_id = k.target_id and o.data_type = k.data_type and o.resource_id = u.id and o.state <> 'detached'
        )`;

/** SQL: user `u` passes the filter. Written so that the partial indexes on users apply. */
function conditions({ statuses, departmentId, sourceId }: UserFilter, parameters: Parameters): string {
  const all = [ofStatus(statuses)];
  if (departmentId !== undefined) {
    all.push(`u.deleted_at is null and exists (
      select from memberships m join departments d on d.id = m.department_id and d.deleted_at is null
      where m.user_id = u.id and m.department_id = ${parameters.add(departmentId)}
    )`);
  }
  if (sourceId !== undefined) {
    all.push(`exists (
      select from links k join records r on r.id = k.record_id
      where ${isLinkOf('user')} and k.resource_id = u.id
        and r.source_id = ${parameters.add(sourceId)} and (r.gone is null or not ${statedByOthers})
    )`);
  }
  return all.join(' and ');
}

function ofStatus(statuses: readonly UserStatus[]): string {
  const deleted = statuses.includes('deleted');
  const live = (['active', 'disabled'] as const).filter((status) => statuses.includes(status));
  const stays = live.length === 2 ? 'u.deleted_at is null' : `u.deleted_at is null and u.status = '${live[0] ?? ''}'`;
  if (!deleted) return stays;
  return live.length === 0 ? 'u.deleted_at is not null' : `(u.deleted_at is not null or ${stays})`;
}
