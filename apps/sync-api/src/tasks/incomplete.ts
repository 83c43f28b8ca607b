import type { TaskRow } from './task-row';

/** A task ended well, and yet its read did not see everything that it was to see; its notes say what. */
export const isIncomplete = ({ complete }: Pick<TaskRow, 'complete'>): boolean =>
  Object.values(complete).some((seen) => seen !== true);

/** SQL: the same of the row `t` of `tasks`. */
export const incompleteSql = (t: string): string =>
  `exists (select from jsonb_each(${t}.complete) c where c.value <> 'true')`;
