import type { Batch, SqlRunner } from '@rollcall/core';
import { chooseMainDepartment, NOTED } from './sql/choose-main-department';
import { dropMarked, writeMemberships } from './sql/write-memberships';

/** Applies the department lists of a batch of user records. */
export async function applyMemberships(batch: Batch, sql: SqlRunner): Promise<void> {
  const written = await sql.one<{ known: number; marked: number }>(writeMemberships(batch));
  if (written.known === 0 && batch.undoes === undefined) return;
  const people = `(select resource_id as user_id from ${batch.relation})`;
  await sql.query(chooseMainDepartment(people, { leaving: 'm.position = -1', ...NOTED }), [batch.taskId, batch.undoes]);
  if (written.marked > 0) await sql.query(dropMarked(batch));
}
