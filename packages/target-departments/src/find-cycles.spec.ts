import { findCycles } from './find-cycles';
import type { ParentEdge } from './sql/parent-edges';

/** Department `id`, stored below `stored`. */
const stays = (id: number, stored: number | null): ParentEdge => ({
  id,
  stored,
  record_id: null,
  position: null,
  stated: null,
});
/** Department `id` (record 100 + id), moved below `stated`; read in the order of `position`. */
const moves = (id: number, stored: number | null, stated: number | null, position = id): ParentEdge => ({
  id,
  stored,
  record_id: 100 + id,
  position,
  stated,
});

describe('circles of departments', () => {
  it('are not found in a tree, however deep', () => {
    expect(findCycles(Array.from({ length: 5_000 }, (_, n) => moves(n + 1, null, n === 0 ? null : n)))).toEqual([]);
  });

  it('fail the record that came last in the read', () => {
    expect(findCycles([moves(1, null, 3), moves(2, null, 1), moves(3, null, 2)])).toEqual([103]);
    expect(findCycles([moves(1, null, 3, 9), moves(2, null, 1), moves(3, null, 2)])).toEqual([101]);
  });

  it('fail a department that goes below its own descendant', () => {
    expect(findCycles([moves(1, null, 3), stays(2, 1), stays(3, 2)])).toEqual([101]);
  });

  it('fail a department that is its own parent', () => {
    expect(findCycles([moves(1, null, 1)])).toEqual([101]);
  });

  it('are each judged alone', () => {
    expect(findCycles([moves(1, null, 2), moves(2, null, 1), moves(3, null, 4), moves(4, null, 3)])).toEqual([
      102, 104,
    ]);
  });

  it('are looked for again, because a loser keeps its stored parent', () => {
    // 1 → 2 is stored; 2 → 1 and 1 → 3 and 3 → 2 come in: 3 loses first (last in the read), then everything is fine.
    expect(findCycles([moves(1, 2, 3), moves(2, null, 1), moves(3, null, 2)])).toEqual([103]);
    // Here 1 came last: it falls back to 2, which now hangs below 1, so 2 loses too.
    expect(findCycles([moves(1, 2, 3, 9), moves(2, null, 1), moves(3, null, 2)])).toEqual([101, 102]);
  });

  it('do not blame departments that only hang below one', () => {
    expect(findCycles([moves(1, null, 2), moves(2, null, 1), moves(5, null, 1)])).toEqual([102]);
  });

  it('that stand in the table already are left to an admin', () => {
    expect(findCycles([stays(1, 2), stays(2, 1), moves(3, null, 1)])).toEqual([]);
  });
});
