import type { Hint, Rename } from '@rollcall/core';
import { isId, isText } from './departments';
import { keyOf } from './members';

/** What a callback said about one member or department, to be looked at again. Ids only. */
export type WecomHint =
  | { kind: 'user'; userid: string; departments?: readonly number[] }
  | ({ kind: 'user-joined'; userid: string; departments?: readonly number[] } & Told)
  | ({ kind: 'user-left'; userid: string } & Told)
  /** Not from a callback: contacts sync did not list them. They left, or a rename is still on its way. */
  | { kind: 'user-unlisted'; userid: string }
  /** Somebody joined under a userid that Rollcall knew: it was said twice, or who had it is called otherwise by now. */
  | ({ kind: 'user-replaced'; userid: string; departments?: readonly number[] } & Told)
  | ({ kind: 'rename' } & ToldRename)
  /** Not from callbacks: they were followed already. The same one again is not a second one. */
  | ({ kind: 'rename-followed' } & ToldRename)
  | ({ kind: 'left-followed' | 'joined-followed' } & ToldUserid)
  /** Not from a callback: somebody is called so, and the uid was not free in Rollcall yet. */
  | ({ kind: 'rename-decided' } & Rename)
  | { kind: 'department'; id: number }
  | { kind: 'department-removed'; id: number };

/** When WeCom told it, in seconds: a userid can change hands more than once. */
export interface Told {
  at?: string;
}

/** `departments`: where they were then. */
export type ToldRename = Rename & Told & { departments?: readonly number[] };

/** Somebody left, or joined, who had this userid. */
export type ToldUserid = { userid: string; departments?: readonly number[] } & Told;

/** NaN: it was not told. */
export const timeOf = ({ at }: Told): number => (at === undefined ? Number.NaN : Number(at));

export const toldAt = (time: number): Told => (Number.isNaN(time) ? {} : { at: String(time) });

/** That somebody joined, left. */
export const joinedAt = (userid: string, time: number, departments: readonly number[] = []): WecomHint => ({
  ...{ kind: 'user-joined', userid, ...toldAt(time), ...inDepartments(departments) },
});
export const leftAt = (userid: string, time: number): WecomHint => ({ kind: 'user-left', userid, ...toldAt(time) });

/** As a hint says it: none means that it was not told. */
export const inDepartments = (departments: readonly number[]): { departments?: readonly number[] } =>
  departments.length > 0 ? { departments } : {};

/** A member may be in 100 departments. */
const MOST_DEPARTMENTS = 100;

/**
 * The hint as it is stored. Of hints with one key the last one stays, so whatever must not be lost is part of the key: that
 * somebody joined or left, both ids of a rename, and when, because all of that can happen again.
 */
export function toHint(hint: WecomHint): Hint {
  return { key: keyOfHint(hint), data: { ...hint } };
}

function keyOfHint(hint: WecomHint): string {
  switch (hint.kind) {
    case 'user':
    case 'user-unlisted':
    case 'user-replaced':
      return `${hint.kind}:${keyOf(hint.userid)}`;
    case 'user-joined':
    case 'user-left':
    case 'left-followed':
    case 'joined-followed':
      return `${hint.kind}:${keyOf(hint.userid)}${time(hint)}`;
    case 'rename':
    case 'rename-followed':
    case 'rename-decided':
      return `${hint.kind}:${keyOf(hint.from)}:${keyOf(hint.to)}${hint.kind === 'rename-decided' ? '' : time(hint)}`;
    case 'department':
    case 'department-removed':
      return `${hint.kind}:${hint.id}`;
  }
}

const time = ({ at }: Told): string => (at === undefined ? '' : `:${at}`);

/** What there is to look at, each once. */
export interface Wanted {
  /** In the order in which they came. */
  renames: ToldRename[];
  /** Those that were followed since the last full read, and who was found to have left, or to be new. */
  followed: ToldRename[];
  leavers: ToldUserid[];
  joiners: ToldUserid[];
  /** What was told of who has which userid, and was not followed, in the order in which it came. */
  happenings: Happening[];
  decided: Rename[];
  /** Userids as they were written, by key. */
  spelling: Map<string, string>;
  /** By key of the userid. */
  users: Map<string, WantedUser>;
  /** By id; `removed`: a callback said that it was deleted. */
  departments: Map<number, { removed: boolean }>;
}

/**
 * Somebody joined, left, or got another userid. `time` in seconds, NaN where it was not told; `departments`: where they were
 * then, empty where it was not told.
 */
export type Happening = { time: number; departments: readonly number[] } & (
  { kind: 'rename'; from: string; to: string } | { kind: 'user-joined' | 'user-left'; userid: string }
);

/** The key of the userid to which somebody came. */
export const cameTo = (happening: Happening): string | undefined => {
  if (happening.kind === 'user-left') return undefined;
  return keyOf(happening.kind === 'rename' ? happening.to : happening.userid);
};

/** The userids that it concerns. */
export const keysOf = (happening: Happening): string[] =>
  happening.kind === 'rename' ? [keyOf(happening.from), keyOf(happening.to)] : [keyOf(happening.userid)];

export interface WantedUser {
  userid: string;
  /** When callbacks said that they joined, or left; NaN where they did not say when. */
  joined: number[];
  left: number[];
  /** What an earlier read noted: contacts sync did not list them; when they joined although Rollcall knew them. */
  unlisted: boolean;
  replaced: number | undefined;
  /** There was a callback, not only such a note. */
  changed: boolean;
  /** Where a callback saw them; may be out of date. */
  departments: readonly number[];
}

/** Reads stored hints. One that an earlier version wrote in another way is left to the next full read. */
export function readHints(hints: readonly Hint[]): Wanted {
  const wanted: Wanted = {
    ...{ renames: [], followed: [], leavers: [], joiners: [], happenings: [], decided: [] },
    ...{ spelling: new Map(), users: new Map(), departments: new Map() },
  };
  for (const { data } of hints) {
    const { kind, userid, from, to, at, id, departments } = data;
    for (const name of [userid, from, to]) if (isText(name)) wanted.spelling.set(keyOf(name), name);
    const listed = Array.isArray(departments) ? departments.filter(isId) : [];
    if (isUserKind(kind) && isText(userid)) {
      const key = keyOf(userid);
      const known = wanted.users.get(key) ?? unnamed(userid);
      const time = timeOf(isText(at) ? { at } : {});
      if (kind === 'user-joined' || kind === 'user-left') {
        wanted.happenings.push({ kind, userid, time, departments: listed });
      }
      wanted.users.set(key, {
        userid,
        joined: kind === 'user-joined' ? [...known.joined, time] : known.joined,
        left: kind === 'user-left' ? [...known.left, time] : known.left,
        unlisted: known.unlisted || kind === 'user-unlisted',
        replaced: kind === 'user-replaced' ? time : known.replaced,
        changed: known.changed || !isNote(kind),
        departments: listed.length > 0 ? listed : known.departments,
      });
    } else if ((kind === 'rename' || kind === 'rename-followed') && isText(from) && isText(to)) {
      const rename = { from, to, ...(isText(at) && { at }), ...inDepartments(listed) };
      if (kind === 'rename') wanted.happenings.push({ kind, from, to, time: timeOf(rename), departments: listed });
      (kind === 'rename' ? wanted.renames : wanted.followed).push(rename);
    } else if (kind === 'rename-decided' && isText(from) && isText(to)) {
      wanted.decided.push({ from, to });
    } else if ((kind === 'left-followed' || kind === 'joined-followed') && isText(userid) && isText(at)) {
      (kind === 'left-followed' ? wanted.leavers : wanted.joiners).push({ userid, at, ...inDepartments(listed) });
    } else if ((kind === 'department' || kind === 'department-removed') && isId(id)) {
      const removed = kind === 'department-removed' || (wanted.departments.get(id)?.removed ?? false);
      wanted.departments.set(id, { removed });
    }
  }
  const saidOf = (userid: string, time: number): string => `${keyOf(userid)} ${time}`;
  const before = (of: readonly ToldUserid[]): Set<string> =>
    new Set(of.map((said) => saidOf(said.userid, timeOf(said))));
  const [left, joined] = [before(wanted.leavers), before(wanted.joiners)];
  for (const user of wanted.users.values()) {
    user.left = user.left.filter((time) => !left.has(saidOf(user.userid, time)));
    user.joined = user.joined.filter((time) => !joined.has(saidOf(user.userid, time)));
  }
  // A note of somebody who joined is no less a part of the story, of which more may be told by now.
  for (const { userid, joined: times, replaced: time = Number.NaN, departments } of wanted.users.values()) {
    if (Number.isNaN(time) || times.includes(time)) continue;
    wanted.happenings.push({ kind: 'user-joined', userid, time, departments });
  }
  const followed = new Set(wanted.followed.map(told));
  const isFollowed = (happening: Happening): boolean =>
    happening.kind === 'rename'
      ? followed.has(told({ ...happening, ...toldAt(happening.time) }))
      : (happening.kind === 'user-left' ? left : joined).has(saidOf(happening.userid, happening.time));
  return {
    ...wanted,
    renames: wanted.renames.filter((rename) => !followed.has(told(rename))),
    happenings: wanted.happenings.filter((happening) => !isFollowed(happening)),
  };
}

/** What was followed, as it was told. */
export const followedOf = ({
  followed,
  leavers,
  joiners,
}: Pick<Wanted, 'followed' | 'leavers' | 'joiners'>): Happening[] => {
  const when = (each: Told & { departments?: readonly number[] }): Pick<Happening, 'time' | 'departments'> => ({
    time: timeOf(each),
    departments: each.departments ?? [],
  });
  return [
    ...followed.map((each): Happening => ({ kind: 'rename', from: each.from, to: each.to, ...when(each) })),
    ...leavers.map((each): Happening => ({ kind: 'user-left', userid: each.userid, ...when(each) })),
    ...joiners.map((each): Happening => ({ kind: 'user-joined', userid: each.userid, ...when(each) })),
  ];
};

/** What was followed, for the next read: until a full one. */
export const notesOf = ({
  followed,
  leavers,
  joiners,
}: Pick<Wanted, 'followed' | 'leavers' | 'joiners'>): WecomHint[] => [
  ...followed.map((rename): WecomHint => ({ kind: 'rename-followed', ...rename })),
  ...leavers.map((leaver): WecomHint => ({ kind: 'left-followed', ...leaver })),
  ...joiners.map((joiner): WecomHint => ({ kind: 'joined-followed', ...joiner })),
];

/** Somebody of whom nothing was said. */
export const unnamed = (userid: string): WantedUser => ({
  ...{ userid, joined: [], left: [], unlisted: false, replaced: undefined, changed: false, departments: [] },
});

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
