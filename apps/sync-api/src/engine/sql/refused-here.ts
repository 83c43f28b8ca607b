import type { Reading } from '../reading';

/**
 * SQL: what a record said before the task that it left by was refused on a target that comes before, so that those it stands for
 * leave as they stand there. `leftBy`: that task.
 */
export function leftRefused(
  { dataType, after }: Reading,
  { record, leftBy }: { record: string; leftBy: string },
): string {
  const refused = after.map(
    ({ targetId: p }) => `coalesce((
        select f.outcome = 'failed' from changes f
        where f.record_id = ${record} and f.task_id < ${leftBy} and f.target_id = ${p} and f.data_type = '${dataType}'
          and f.action is not null and f.outcome in ('applied', 'failed')
        order by f.task_id desc
        limit 1
      ), false)`,
  );
  return refused.length > 0 ? `(${refused.join(' or ')})` : 'false';
}
