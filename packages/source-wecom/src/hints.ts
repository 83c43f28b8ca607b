import type { Hint, Rename } from '@rollcall/core';
import { isId, isText } from './departments';
import { keyOf } from './members';

/** What a callback said about one member or department, to be looked at again. Ids only. */
export type WecomHint =
  | { kind: 'user'; userid: string; departments?: readonly number[] }
  | { kind: 'user-left'; userid: string }
  | { kind: 'rename'; from: string; to: string }
  | { kind: 'department'; id: number }
  | { kind: 'department-removed'; id: number };

/** A member may be in 100 departments. */
const MOST_DEPARTMENTS = 100;

/**
 * The hint as it is stored. Of hints with one key the last one stays, so whatever must not be lost is part of the key: that
 * somebody left, and both ids of a rename.
 */
export function toHint(hint: WecomHint): Hint {
  return { key: keyOfHint(hint), data: { ...hint } };
}

function keyOfHint(hint: WecomHint): string {
  switch (hint.kind) {
    case 'user':
    case 'user-left':
      return `${hint.kind}:${keyOf(hint.userid)}`;
    case 'rename':
      return `rename:${keyOf(hint.from)}:${keyOf(hint.to)}`;
    case 'department':
    case 'department-removed':
      return `${hint.kind}:${hint.id}`;
  }
}

/** What there is to look at, each once. */
export interface Wanted {
  /** In the order in which they came. */
  renames: Rename[];
  /** By key of the userid. */
  users: Map<string, WantedUser>;
  /** By id; `removed`: a callback said that it was deleted. */
  departments: Map<number, { removed: boolean }>;
}

export interface WantedUser {
  userid: string;
  /** A callback said that they left. */
  left: boolean;
  /** Where a callback saw them; may be out of date. */
  departments: readonly number[];
}

/** Reads stored hints. One that an earlier version wrote in another way is left to the next full read. */
export function readHints(hints: readonly Hint[]): Wanted {
  const wanted: Wanted = { renames: [], users: new Map(), departments: new Map() };
  for (const { data } of hints) {
    const { kind, userid, from, to, id, departments } = data;
    if ((kind === 'user' || kind === 'user-left') && isText(userid)) {
      const key = keyOf(userid);
      const known = wanted.users.get(key);
      const listed = Array.isArray(departments) ? departments.filter(isId) : [];
      wanted.users.set(key, {
        userid,
        left: (known?.left ?? false) || kind === 'user-left',
        departments: listed.length > 0 ? listed : (known?.departments ?? []),
      });
    } else if (kind === 'rename' && isText(from) && isText(to)) wanted.renames.push({ from, to });
    else if ((kind === 'department' || kind === 'department-removed') && isId(id)) {
      const removed = kind === 'department-removed' || (wanted.departments.get(id)?.removed ?? false);
      wanted.departments.set(id, { removed });
    }
  }
  return { ...wanted, renames: inSequence(wanted.renames) };
}

/** Somebody who was renamed twice is first called by the second userid, and then by the third, whichever was told first. */
function inSequence(renames: readonly Rename[]): Rename[] {
  const byFrom = new Map(renames.map((rename) => [keyOf(rename.from), rename]));
  const later = new Set(renames.map(({ to }) => keyOf(to)));
  const sequence = new Set<Rename>();
  const follow = (first: Rename): void => {
    for (let next: Rename | undefined = first; next && !sequence.has(next); next = byFrom.get(keyOf(next.to))) {
      sequence.add(next);
    }
  };
  for (const rename of renames) if (!later.has(keyOf(rename.from))) follow(rename);
  // What is left are circles, or two new userids of one earlier one.
  for (const rename of renames) follow(rename);
  return [...sequence];
}

/** Ids in a list like `1,2,3`. */
export const idsIn = (list: string): number[] =>
  list
    .split(',')
    .map((item) => Number(item.trim()))
    .filter(isId)
    .slice(0, MOST_DEPARTMENTS);
