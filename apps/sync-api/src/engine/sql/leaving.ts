import type { DataType } from '@rollcall/core';
import type { Policies } from '../../sources/policies';
import { UNDONE } from './told-statement';
import { UNSTATED } from './unstated';

/** What `leavingPolicy` has to know of a source: four parameters, from `first` on. */
export const leavingParameters = ({ user, department }: Policies): string[] => [
  user.onDeleted,
  user.onMissing,
  department.onDeleted,
  department.onMissing,
];

/** SQL: what becomes of the resource of a record that left, by its source's policies; null while it is there. What an undo takes away goes. */
export const leavingPolicy = (dataType: string, gone: string, first: number): string =>
  `case when ${gone} is null or ${gone} = '${UNSTATED}' then null
        when ${gone} = '${UNDONE}' then 'delete'
        when ${dataType} = 'user' then case ${gone} when 'deleted' then $${first} else $${first + 1} end
        else case ${gone} when 'deleted' then $${first + 2} else $${first + 3} end end`;

/**
 * SQL: what becomes of record `sc` of the plan's scope, which left, at a target elsewhere: what its source's policies say of the way in
 * which it left last, or what became of it here, when that is stricter. The target may not have been there when it left, and the policy
 * was another one, or an undo took it away.
 */
export const leavingElsewhere = (dataType: DataType): string => `case when sc.leaving <> 'delete' then case (
            select h.state from links h
            where h.target_id = (select id from targets where name = '${dataType}s') and h.record_id = sc.known_id
          ) when 'deleted' then 'delete' when 'disabled' then 'disable' else sc.leaving end else sc.leaving end`;
