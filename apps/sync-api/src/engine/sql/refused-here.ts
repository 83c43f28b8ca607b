import type { Reading } from '../reading';

/**
 * SQL: a change brought to its target what its record said, or tried to: its plan was released, and it is not only the disabling of
 * somebody whose record was refused otherwise (ADR 39).
 */
export const toldThere = (change: string): string => `(
        ${change}.action is not null and coalesce(${change}.outcome, 'applied') in ('applied', 'failed')
        and exists (select from tasks told where told.id = ${change}.task_id and told.released_at is not null and told.part_of is null)
      )`;

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
        select coalesce(f.outcome = 'failed', false) from changes f
        where f.record_id = ${record} and f.task_id < ${leftBy} and f.target_id = ${p} and f.data_type = '${dataType}'
          and ${toldThere('f')}
        order by f.task_id desc
        limit 1
      ), false)`,
  );
  return refused.length > 0 ? `(${refused.join(' or ')})` : 'false';
}
