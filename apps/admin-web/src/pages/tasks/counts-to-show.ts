import { type Count, type Counts, COUNTS } from '../../api/types';

/** Counts that somebody should look into. What moved on since it was planned is no failure (rule 19). */
export const WORRYING: ReadonlySet<Count> = new Set<Count>(['failed']);

export interface TargetCounts {
  target: string;
  counts: { name: Count; count: number }[];
}

/**
 * The counts that a list shows: changes, target by target. Only when nothing changed anywhere it says how many were
 * looked at and left as they were.
 */
export function countsToShow(counts: Counts): TargetCounts[] {
  const targets = Object.entries(counts).map(([target, numbers]) => ({
    target,
    counts: COUNTS.map((name) => ({ name, count: numbers[name] ?? 0 })).filter(({ count }) => count > 0),
  }));
  const changes = targets.map(({ target, counts }) => ({
    target,
    counts: counts.filter(({ name }) => name !== 'unchanged'),
  }));
  const changed = changes.filter(({ counts }) => counts.length > 0);
  return changed.length > 0 ? changed : targets.filter(({ counts }) => counts.length > 0);
}
