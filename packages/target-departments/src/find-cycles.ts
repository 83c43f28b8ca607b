import type { ParentEdge } from './sql/parent-edges';

/**
 * The records that would put a department below itself. Of each circle the one that came last in the read loses, of those
 * whose department then hangs outside of it; its department keeps the parent that is stored, so the tree is walked again
 * until no circle is left.
 */
export function findCycles(edges: readonly ParentEdge[]): number[] {
  const byId = new Map(edges.map((edge) => [edge.id, edge]));
  const losers = new Set<number>();
  const parentOf = (edge: ParentEdge): number | null =>
    edge.record_id === null || losers.has(edge.record_id) ? edge.stored : edge.stated;
  for (;;) {
    const lost = circles(byId, parentOf).flatMap((circle) => {
      const moved = lastFirst(circle, losers);
      const below = belowCircle(circle, byId, parentOf);
      return moved.find((edge) => !below(edge.stored)) ?? moved[0] ?? [];
    });
    if (lost.length === 0) return [...losers];
    for (const edge of lost) if (edge.record_id !== null) losers.add(edge.record_id);
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

/** Whose record says where they hang, the one that came last in the read first. */
function lastFirst(circle: readonly ParentEdge[], losers: ReadonlySet<number>): ParentEdge[] {
  return circle
    .filter(({ record_id }) => record_id !== null && !losers.has(record_id))
    .sort((a, b) => (b.position ?? -1) - (a.position ?? -1) || (b.record_id ?? 0) - (a.record_id ?? 0));
}

/** Whether a department is in the circle or below it. Each is walked over once. */
function belowCircle(
  circle: readonly ParentEdge[],
  byId: ReadonlyMap<number, ParentEdge>,
  parentOf: (edge: ParentEdge) => number | null,
): (id: number | null) => boolean {
  const known = new Map<number, boolean>(circle.map(({ id }) => [id, true]));
  return (id) => {
    const path: number[] = [];
    let at = id;
    while (at !== null && !known.has(at)) {
      path.push(at);
      // Another circle ends the walk as well.
      known.set(at, false);
      const edge = byId.get(at);
      at = edge ? parentOf(edge) : null;
    }
    const below = at !== null && known.get(at) === true;
    for (const passed of path) known.set(passed, below);
    return below;
  };
}
