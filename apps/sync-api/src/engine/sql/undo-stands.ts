import type { DataType } from '@rollcall/core';
import type { Reading } from '../reading';
import { sameValue } from './images';
import { keptElsewhere } from './kept-elsewhere';
import { states } from './told-statement';

/** Record fields that name other records: while one of those is awaited, the target holds less than was said. */
const REFERENCES: Readonly<Record<DataType, string>> = {
  user: `'managerUid', 'departments'`,
  department: `'parentUid', 'ownerUids'`,
};

/** SQL: where the statement has the source and the task that is undone. */
export interface UndoParameters {
  source: string;
  undone: string;
}

/** What has no row any more, and never gets it back. */
export const PURGED =
  'This was deleted, and purged when its grace period was over. It is gone for good: nothing can be put back.';

/** SQL: the resource of change `u` is gone for good. One that is linked no more went with its record, or after it. */
export const isPurged = ({ owner }: Reading, u: string): string =>
  owner.resource
    ? `case when ${u}.resource_id is null then not exists (select 1 from records x where x.id = ${u}.record_id and x.gone is null)
        else not exists (select 1 from ${owner.resource.table} x where x.id = ${u}.resource_id) end`
    : 'false';

/** SQL: the task that the undone one takes back itself; null: it is no undo. */
export const undoneByUndone = ({ undone }: Pick<UndoParameters, 'undone'>): string =>
  `(select undoes from tasks where id = ${undone})`;

/**
 * SQL: the task that the link of change `u` names once `task` is applied: itself, or the one whose values an undo puts back.
 * Null without a task.
 */
export const namedAfter = ({ targetId }: Pick<Reading, 'targetId'>, u: string, task: string): string => `coalesce((
          select named.earlier_task_id from changes named join tasks on tasks.id = named.task_id and tasks.undoes is not null
          where named.task_id = ${task} and named.target_id = ${targetId} and named.data_type = ${u}.data_type
            and named.record_id = ${u}.record_id
        ), ${task})`;

/**
 * SQL: what an undo is about to put back still stands as the undone task left it. `u` is a change of the undo, planned or
 * stored. Asked when it is planned and again when it is applied.
 *
 * Untouched means: nobody but the undone task has set the link, the link has the state that the change found, the values
 * are those that it wrote, and no hand has locked them. Whom the undone task made must not be needed by anybody else, and
 * no hand may have worked on him.
 */
export function stands(reading: Reading, u: string, of: UndoParameters): string {
  const { targetId: t, rules, owner } = reading;
  const id = `${u}.resource_id`;
  const resource = owner.resource;
  const conditions = [
    `exists (
        select 1 from links l
        where l.target_id = ${t} and l.record_id = ${u}.record_id and l.resource_id = ${id} and l.state = ${u}.state
          and (l.task_id = ${namedAfter(reading, u, of.undone)}${rules.owns ? '' : ` or ${u}.link_state = 'detached'`})
      )`,
  ];
  if (resource?.protectedColumn) {
    conditions.push(
      `not exists (select 1 from ${resource.table} x where x.id = ${id} and x.${resource.protectedColumn})`,
    );
  }
  if (rules.owns) conditions.push(...ownedConditions(reading, u, of));
  return conditions.join('\n      and ');
}

function ownedConditions(reading: Reading, u: string, { source, undone }: UndoParameters): string[] {
  const { dataType, rules, resource, targetId: t } = reading;
  const id = `${u}.resource_id`;
  const conditions = [
    // What the change does must still be possible: only what is deleted or disabled comes back, and so on.
    `case when ${u}.link_state = 'detached' or ${u}.action in ('update', 'disable') then ${u}.state in ('active', 'disabled')
        when ${u}.action = 'link' then ${u}.state = 'detached'
        when ${u}.action = 'restore' then ${u}.state in ('disabled', 'deleted')
        else ${u}.state in ('active', 'disabled') end`,
    `not (${u}.action = 'delete' and ${keptElsewhere(reading, { resource: id, record: `${u}.record_id`, source })})`,
    // Who was disabled before, and has left since, changed in nothing by that: it is no reason to bring them back.
    `not (${u}.action = 'restore' and exists (
        select from records r
        where r.id = ${u}.record_id and not ${states('r')}
          and r.task_id > (select coalesce(undo_root, id) from tasks where id = ${undone})
      ))`,
  ];
  if (resource?.lockedColumn) {
    conditions.push(`not exists (
        select 1 from ${resource.table} x
        where x.id = ${id} and case
          when ${u}.action = 'delete' then ${u}.earlier_task_id is null and x.${resource.lockedColumn} <> '{}'
          when ${u}.action in ('restore', 'disable') and ${u}.state <> 'deleted' and 'status' = any (x.${resource.lockedColumn}) then true
          else x.${resource.lockedColumn} && array(select d ->> 'field' from jsonb_array_elements(${u}.diff) d) end
      )`);
  }
  if (rules.image) {
    conditions.push(`not exists (
        select 1
        from (select ${rules.image(id, source)} as held) i
        cross join lateral jsonb_array_elements(coalesce(${u}.diff, '[]')) d
        where i.held is null or not ${sameValue(`d ->> 'field'`, `i.held -> (d ->> 'field')`, `d -> 'before'`)}
          and not (d ->> 'field' in (${REFERENCES[dataType]}) and exists (
            select 1 from waiting_references w where w.target_id = ${t} and w.record_id = ${u}.record_id
          ))
      )`);
  }
  return conditions;
}
