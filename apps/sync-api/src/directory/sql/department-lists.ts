import { sortOf } from '../../http/page';
import { isNamed, isNamedLike } from '../name-patterns';
import { Parameters } from '../parameters';
import { recordsWith, uidConditions } from './uid-search';
import type { Statement } from './user-lists';

export interface DepartmentFilter {
  /** Null: only roots; undefined: wherever they are. */
  parentId?: number | null | undefined;
  q?: string | undefined;
  sort?: string | undefined;
}

const SORT_KEYS = {
  sort: 'd.sort',
  id: 'd.id',
  title: 'lower(d.title)',
  createdAt: 'd.created_at',
  updatedAt: 'd.updated_at',
} as const;

/** One page of departments and how many there are: one row of `total, ids`. Exact matches come first. */
export function listDepartments({ parentId, q, sort }: DepartmentFilter, limit: number, offset: number): Statement {
  const parameters = new Parameters();
  const { property, direction } = sortOf(sort, Object.keys(SORT_KEYS) as (keyof typeof SORT_KEYS)[], 'sort');
  const search = q === undefined ? undefined : matching(q, parameters);
  return {
    text: `
    with found as materialized (
      select d.id, ${SORT_KEYS[property]} as key, ${search ? 'm.exact' : 'false'} as exact
      from departments d
      ${search ? `join (${search}) m on m.id = d.id` : ''}
      where d.deleted_at is null ${below(parentId, parameters)}
    )
    select (select count(*)::int from found) as total,
      (select coalesce(json_agg(id), '[]') from (
        select id from found order by exact desc, key ${direction} nulls last, id ${direction}
        limit ${parameters.add(limit)} offset ${parameters.add(offset)}
      ) page) as ids`,
    values: parameters.values,
  };
}

/** Children of a deleted department are roots until it is back. */
function below(parentId: number | null | undefined, parameters: Parameters): string {
  if (parentId === undefined) return '';
  const visible = 'select from departments p where p.id = d.parent_id and p.deleted_at is null';
  if (parentId === null) return `and not exists (${visible})`;
  return `and d.parent_id = ${parameters.add(parentId)} and exists (${visible})`;
}

/** SQL: `id, exact` of the departments whose title contains the text or whose uid begins with it. */
function matching(q: string, parameters: Parameters): string {
  const text = parameters.add(q);
  const branches = [
    `select d.id, ${isNamed('d.title', text)} as exact from departments d where ${isNamedLike('d.title', q, text)}`,
    ...uidConditions(q, parameters).map(
      (condition) => `select k.resource_id, r.uid = ${text} from ${recordsWith('department', condition)}`,
    ),
  ];
  return `select id, bool_or(exact) as exact from (${branches.join(' union all ')}) b (id, exact) group by id`;
}
