import { randomBytes } from 'node:crypto';
import { ApiError } from '../api/errors.mjs';

const MOST = 10_000;
const KEPT = 50;

/** The sweeps of user/list_id: each goes over the rows as they were when it began. */
export class IdSweeps {
  #clock;
  /** Cursor → { rows, from, since, sweep, isAfterEmpty }. */
  #cursors = new Map();
  #sweeps = [];

  constructor(clock) {
    this.#clock = clock;
  }

  page(members, cursor, limit = MOST, { listId, emptyPages, cursorSeconds }) {
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw new ApiError(40058);
    const now = this.#clock.now();
    const at = cursor ? this.#cursors.get(cursor) : this.#begin(members(), now);
    if (!at || now - at.sweep.since >= cursorSeconds * 1_000) throw new ApiError(50100);
    const { sweep, from, isAfterEmpty } = at;
    // Every other page has nothing on it, and the sweep goes on all the same.
    if (emptyPages && cursor && !isAfterEmpty) {
      return { next_cursor: this.#keep({ sweep, from, isAfterEmpty: true }), dept_user: [] };
    }
    const to = from + Math.min(limit, Math.max(1, listId));
    const isEnd = to >= sweep.rows.length;
    const next = isEnd ? '' : this.#keep({ sweep, from: to, isAfterEmpty: false });
    return { next_cursor: next, dept_user: sweep.rows.slice(from, to) };
  }

  #begin(members, now) {
    const rows = members.flatMap(({ userid, department }) => department.map((id) => ({ userid, department: id })));
    const sweep = { rows, since: now, cursors: [] };
    this.#sweeps.push(sweep);
    // Only the latest ones, or a fake that runs for days keeps them all.
    if (this.#sweeps.length > KEPT) for (const old of this.#sweeps.shift().cursors) this.#cursors.delete(old);
    return { sweep, from: 0 };
  }

  #keep(position) {
    const cursor = randomBytes(24).toString('base64');
    this.#cursors.set(cursor, position);
    position.sweep.cursors.push(cursor);
    return cursor;
  }
}

/** Ids of everybody, one row for each of a member's departments. */
export const ID_ENDPOINTS = {
  'user/list_id': {
    method: 'POST',
    lists: ['dept_user'],
    run: ({ view, body, sweeps, settings }) =>
      sweeps.page(() => view.members(), body.cursor, body.limit, settings.pages),
  },
};
