import { RollcallError } from '@rollcall/core';
import type { SqlSession } from '../engine/sql-session';
import { ofSource, refusal } from '../http/refusals';

/** SQL: the task that removes source `source` with its people, when it is in one of these statuses. */
export const removalOf = (source: string, statuses: readonly ('queued' | 'running' | 'held')[]): string =>
  `select id from tasks
   where source_id = ${source} and kind = 'purge' and status in (${statuses.map((status) => `'${status}'`).join(', ')})`;

/** $1 source. No row: it is deleted. */
export const REFUSED_SOURCE = `
  select name, display_name as "displayName", (${removalOf('sources.id', ['queued', 'running', 'held'])} limit 1) as removal
  from sources where id = $1 and deleted_at is null`;

export interface RefusedSource {
  name: string;
  displayName: string;
  /** Id of the task that removes it. */
  removal: number | null;
}

/** Why a disabled source is not read: it is about to go, or `otherwise`. */
export async function disabledError(
  sql: SqlSession,
  sourceId: number,
  otherwise: RollcallError,
): Promise<RollcallError> {
  const [source] = await sql.query<RefusedSource>(REFUSED_SOURCE, [sourceId]);
  return source === undefined || source.removal === null ? otherwise : refusedError(source);
}

/** Why a source takes nothing: it is gone, about to go, or disabled. */
export function refusedError(source: RefusedSource | undefined): RollcallError {
  if (!source) {
    return new RollcallError(
      'source_unknown',
      'The source was deleted meanwhile. Use another one, or add it again with POST /api/sources.',
    );
  }
  const { removal } = source;
  if (removal === null) return refusal('source_disabled', ofSource(source));
  return refusal('source_being_deleted', { ...ofSource(source), taskId: removal });
}
