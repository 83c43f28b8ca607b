import type { Hint, Rename } from '@rollcall/core';
import { isId, isText } from './departments';
import { keyOf } from './members';

/** What a callback said about one member or department, to be looked at again. Ids only. */
export type WecomHint =
  | { kind: 'user' | 'user-joined'; userid: string; departments?: readonly number[] }
  | { kind: 'user-left'; userid: string }
  /** Not from a callback: contacts sync did not list them. They left, or a rename is still on its way. */
  | { kind: 'user-unlisted'; userid: string }
  /** Somebody joined under a userid that Rollcall knew: it was said twice, or who had it is called otherwise by now. */
  | { kind: 'user-replaced'; userid: string }
  | ({ kind: 'rename' } & ToldRename)
  /** Not from a callback: it was followed already. The same one again is not a second one. */
  | ({ kind: 'rename-followed' } & ToldRename)
  | { kind: 'department'; id: number }
  | { kind: 'department-removed'; id: number };

/** A rename, and when WeCom told it, in seconds: people can exchange their userids twice. */
export interface ToldRename extends Rename {
  at?: string;
}

/** A member may be in 100 departments. */
const MOST_DEPARTMENTS = 100;

/**
 * The hint as it is stored. Of hints with one key the last one stays, so whatever must not be lost is part of the key: that
 * somebody joined or left, and both ids of a rename.
 */
export function toHint(hint: WecomHint): Hint {
  return { key: keyOfHint(hint), data: { ...hint } };
}

function keyOfHint(hint: WecomHint): string {
  switch (hint.kind) {
    case 'user':
    case 'user-joined':
    case 'user-left':
    case 'user-unlisted':
    case 'user-replaced':
      return `${hint.kind}:${keyOf(hint.userid)}`;
    case 'rename':
    case 'rename-followed':
      return `${hint.kind}:${keyOf(hint.from)}:${keyOf(hint.to)}`;
    case 'department':
    case 'department-removed':
      return `${hint.kind}:${hint.id}`;
  }
}

/** What there is to look at, each once. */
export interface Wanted {
  /** In the order in which they came. */
  renames: ToldRename[];
  /** Those that were followed since the last full read. */
  followed: ToldRename[];
  /** By key of the userid. */
  users: Map<string, WantedUser>;
  /** By id; `removed`: a callback said that it was deleted. */
  departments: Map<number, { removed: boolean }>;
}

export interface WantedUser {
  userid: string;
  /** What callbacks said of them. */
  joined: boolean;
  left: boolean;
  /** What an earlier read noted: contacts sync did not list them; they joined although Rollcall knew them. */
  unlisted: boolean;
  replaced: boolean;
  /** There was a callback, not only such a note. */
  changed: boolean;
  /** Where a callback saw them; may be out of date. */
  departments: readonly number[];
}

/** Reads stored hints. One that an earlier version wrote in another way is left to the next full read. */
export function readHints(hints: readonly Hint[]): Wanted {
  const wanted: Wanted = { renames: [], followed: [], users: new Map(), departments: new Map() };
  for (const { data } of hints) {
    const { kind, userid, from, to, at, id, departments } = data;
    if (isUserKind(kind) && isText(userid)) {
      const key = keyOf(userid);
      const known = wanted.users.get(key);
      const listed = Array.isArray(departments) ? departments.filter(isId) : [];
      wanted.users.set(key, {
        userid,
        joined: (known?.joined ?? false) || kind === 'user-joined',
        left: (known?.left ?? false) || kind === 'user-left',
        unlisted: (known?.unlisted ?? false) || kind === 'user-unlisted',
        replaced: (known?.replaced ?? false) || kind === 'user-replaced',
        changed: (known?.changed ?? false) || !isNote(kind),
        departments: listed.length > 0 ? listed : (known?.departments ?? []),
      });
    } else if ((kind === 'rename' || kind === 'rename-followed') && isText(from) && isText(to)) {
      (kind === 'rename' ? wanted.renames : wanted.followed).push({ from, to, ...(isText(at) && { at }) });
    } else if ((kind === 'department' || kind === 'department-removed') && isId(id)) {
      const removed = kind === 'department-removed' || (wanted.departments.get(id)?.removed ?? false);
      wanted.departments.set(id, { removed });
    }
  }
  const followed = new Set(wanted.followed.map(told));
  return { ...wanted, renames: wanted.renames.filter((rename) => !followed.has(told(rename))) };
}

/** The callback of a rename, as it is compared. */
export const told = ({ from, to, at = '' }: ToldRename): string => `${keyOf(from)} ${keyOf(to)} ${at}`;

const NOTES: readonly unknown[] = ['user-unlisted', 'user-replaced'];
const USER_KINDS: readonly unknown[] = ['user', 'user-joined', 'user-left', ...NOTES];

const isNote = (kind: unknown): boolean => NOTES.includes(kind);

const isUserKind = (kind: unknown): boolean => USER_KINDS.includes(kind);

/** Ids in a list like `1,2,3`. */
export const idsIn = (list: string): number[] =>
  list
    .split(',')
    .map((item) => Number(item.trim()))
    .filter(isId)
    .slice(0, MOST_DEPARTMENTS);
