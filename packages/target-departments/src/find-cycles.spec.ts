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
    // 1 falls back to 9, which goes below 2, and so below 1: that loses too.
    expect(findCycles([moves(1, 9, 2), stays(2, 1), moves(9, null, 2)])).toEqual([101, 109]);
  });

  it('fail one whose old place is outside of the circle, though others came later', () => {
    expect(findCycles([moves(1, 2, 3, 9), moves(2, null, 1), moves(3, null, 2)])).toEqual([103]);
    // All hung below 0, which goes below 1: only that is impossible, as 3 stays where it is.
    expect(findCycles([moves(0, null, 1), moves(1, 0, 2), moves(2, 0, 3), stays(3, 0)])).toEqual([100]);
    // Outside is also below somebody who is not in it.
    expect(findCycles([moves(1, 7, 2), moves(2, 1, 1, 9), stays(7, null)])).toEqual([101]);
  });

  it('do not blame departments that only hang below one', () => {
    expect(findCycles([moves(1, null, 2), moves(2, null, 1), moves(5, null, 1)])).toEqual([102]);
  });

  it('that stand in the table already are left to an admin', () => {
    expect(findCycles([stays(1, 2), stays(2, 1), moves(3, null, 1)])).toEqual([]);
  });
});
