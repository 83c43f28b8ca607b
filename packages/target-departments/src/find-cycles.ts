import type { ParentEdge } from './sql/parent-edges';

/**
 * The records that would put a department below itself. Of each circle the one that came last in the read loses; its
 * department keeps the parent that is stored, so the tree is walked again until no circle is left.
 */
export function findCycles(edges: readonly ParentEdge[]): number[] {
  const byId = new Map(edges.map((edge) => [edge.id, edge]));
  const losers = new Set<number>();
  const parentOf = (edge: ParentEdge): number | null =>
    edge.record_id === null || losers.has(edge.record_id) ? edge.stored : edge.stated;
  for (;;) {
    const last = circles(byId, parentOf).flatMap((circle) => lastInRead(circle, losers) ?? []);
    if (last.length === 0) return [...losers];
    for (const edge of last) if (edge.record_id !== null) losers.add(edge.record_id);
  }
}

/** Every circle once. Each department has one parent, so one walk over all of them finds them. */
function circles(byId: ReadonlyMap<number, ParentEdge>, parentOf: (edge: ParentEdge) => number | null): ParentEdge[][] {
  const walkOf = new Map<number, number>();
  const found: ParentEdge[][] = [];
  let walk = 0;
  for (const start of byId.values()) {
    walk++;
    const path: ParentEdge[] = [];
    let edge: ParentEdge | undefined = start;
    while (edge && !walkOf.has(edge.id)) {
      walkOf.set(edge.id, walk);
      path.push(edge);
      const parent = parentOf(edge);
      edge = parent === null ? undefined : byId.get(parent);
    }
    if (edge && walkOf.get(edge.id) === walk) found.push(path.slice(path.indexOf(edge)));
  }
  return found;
}

function lastInRead(circle: readonly ParentEdge[], losers: ReadonlySet<number>): ParentEdge | undefined {
  return circle
    .filter(({ record_id }) => record_id !== null && !losers.has(record_id))
    .sort((a, b) => (b.position ?? -1) - (a.position ?? -1) || (b.record_id ?? 0) - (a.record_id ?? 0))[0];
}
