/** Where the long parts of a task's page begin. */
export const PARTS_ID = 'task-parts';

/** Brings them into view and moves the focus there: what was chosen above filters a list that may stand below the fold. */
export function showParts(): void {
  const parts = document.getElementById(PARTS_ID);
  parts?.focus({ preventScroll: true });
  parts?.scrollIntoView({ block: 'start' });
}
