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
