import { type Count, COUNTS } from '../../api/types';
import type { CountRow } from './count-rows';

/** Counts that somebody should look into. What moved on since it was planned is no failure (rule 19). */
export const WORRYING: ReadonlySet<Count> = new Set<Count>(['failed']);

export interface ShownCounts extends Omit<CountRow, 'counts'> {
  counts: { name: Count; count: number }[];
}

/**
 * The counts that a list shows: changes, line by line. Only when nothing changed anywhere it says how many were looked at
 * and left as they were.
 */
export function countsToShow(rows: readonly CountRow[]): ShownCounts[] {
  const all = rows.map(({ counts, ...row }) => ({
    ...row,
    counts: COUNTS.map((name) => ({ name, count: counts[name] ?? 0 })).filter(({ count }) => count > 0),
  }));
  const changes = all.map(({ counts, ...row }) => ({
    ...row,
    counts: counts.filter(({ name }) => name !== 'unchanged'),
  }));
  const changed = changes.filter(({ counts }) => counts.length > 0);
  return changed.length > 0 ? changed : all.filter(({ counts }) => counts.length > 0);
}
