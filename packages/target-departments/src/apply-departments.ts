import type { Batch, SqlRunner } from '@rollcall/core';
import { findCycles } from './find-cycles';
import { chooseMainDepartment, NOTED } from './sql/choose-main-department';
import { deleteDepartments } from './sql/delete-departments';
import { LOCK_DEPARTMENT_TREE } from './sql/lock-tree';
import { type ParentEdge, parentEdges } from './sql/parent-edges';
import { setOwners } from './sql/set-owners';
import { writeDepartments } from './sql/write-departments';

/** Applies a batch of department changes. What appears or disappears changes which department is somebody's main one. */
export async function applyDepartments(batch: Batch, sql: SqlRunner): Promise<void> {
  const { create = 0, delete: deletes = 0, restore = 0 } = batch.actions;
  // Before any row is locked, or an admin who moves a department would wait for us and we for them.
  if (batch.size > create + deletes) await sql.query(LOCK_DEPARTMENT_TREE);
  if (deletes > 0) await sql.query(deleteDepartments(batch));
  if (batch.size > deletes) {
    await failCycles(batch, sql);
    const written = await sql.one<{ owners: boolean }>(writeDepartments(batch));
    if (written.owners) await sql.query(setOwners(batch));
  }
  if (deletes + restore > 0) {
    await sql.query(
      chooseMainDepartment(
        `(
          select m.user_id from ${batch.relation} b join memberships m on m.department_id = b.resource_id
          where b.action in ('delete', 'restore')
        )`,
        NOTED,
      ),
      [batch.taskId, batch.undoes],
    );
  }
}

async function failCycles(batch: Batch, sql: SqlRunner): Promise<void> {
  const losers = findCycles(await sql.query<ParentEdge>(parentEdges(batch)));
  if (losers.length === 0) return;
  await sql.query(
    `insert into ${batch.failures} (record_id, code, field, message)
     select record_id, 'department_cycle', 'parentUid', $2 from unnest($1::bigint[]) record_id`,
    [
      losers,
      'With this parent the department would be below itself. Name a parent that is not one of its descendants.',
    ],
  );
}
