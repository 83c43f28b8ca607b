import type { Rename } from '@rollcall/core';
import type { ToldRename } from './hints';
import { keyOf } from './members';

/** What is known of userids, all by key. */
export interface Evidence {
  /** As callbacks told them, in any order. */
  renames: readonly ToldRename[];
  /** A callback said that somebody joined, left, under this userid. */
  joined: ReadonlySet<string>;
  left: ReadonlySet<string>;
  /** Earlier, one said that somebody joined under this userid, and Rollcall had a record of it already. */
  replaced: ReadonlySet<string>;
  /** Rollcall has a record of it. */
  known: { has(key: string): boolean };
  /** Somebody has it now. */
  exists: { has(key: string): boolean };
  /** `exists` is the whole truth, and no further callbacks are waited for. */
  final: boolean;
}

/** Who has which userid. Keys, but for the renames. */
export interface Identities {
  /** To be said now. Each new userid is free in Rollcall. */
  renames: Rename[];
  /** Whose records are up to date with that: what WeCom says of these userids now is about the person that Rollcall means. */
  certain: Set<string>;
  /** Of those, who left, and who is there and was not, under this userid. */
  gone: Set<string>;
  arrived: Set<string>;
  /** What can be told only when the renames above stand, then for certain. */
  next: Open;
  /** What makes no sense yet: other callbacks are on their way, or were lost. */
  waiting: Open;
}

/** What is left open. */
export interface Open {
  renames: ToldRename[];
  joined: Set<string>;
  left: Set<string>;
  /** What was said of these userids must be looked at again. */
  users: Set<string>;
}

/** Somebody whom Rollcall knew by `origin`, or who joined when that is absent, on the way through several userids. */
interface Person {
  origin: string | undefined;
  born: string | undefined;
  at: string;
  path: ToldRename[];
}

const nothingOpen = (): Open => ({ renames: [], joined: new Set(), left: new Set(), users: new Set() });

/**
 * Finds out who is who now, from callbacks that come in any order, doubled, in several reads, and not all of them.
 *
 * Two people never have one userid at the same time. So the renames are gone through in an order in which each new userid
 * is free, beginning with the people whom Rollcall knows. Somebody is certain when they arrive where somebody is now, or
 * where somebody is said to have left; anything else waits for the rest of the story. A circle needs several reads: its
 * first one takes somebody out of it, to a userid that they had in between.
 */
export function identify(evidence: Evidence): Identities {
  const { people, left: unused } = travel(evidence);
  const found: Identities = {
    renames: [],
    certain: new Set(),
    gone: new Set(),
    arrived: new Set(),
    next: nothingOpen(),
    waiting: nothingOpen(),
  };
  const blocked: Person[] = [];
  for (const person of people.values()) place(person, evidence, found, blocked);
  if (blocked.length > 0 && found.renames.length === 0) breakCircle(blocked, evidence, found);
  for (const person of blocked) keep(person, found.next);
  newcomers(people, evidence, found);
  found.waiting.renames.push(...unused);
  for (const key of evidence.left) {
    if (!people.has(key) && !evidence.known.has(key) && !evidence.exists.has(key)) found.waiting.left.add(key);
  }
  for (const key of evidence.joined) {
    if (!people.has(key) && !evidence.left.has(key)) found.waiting.joined.add(key);
  }
  return found;
}

/** Everybody by the userid where they arrive, and the renames that nobody could have gone through. */
function travel({ renames, joined, left: gone, known, exists }: Evidence): {
  people: Map<string, Person>;
  left: Rename[];
} {
  const people = new Map<string, Person>();
  const ids = new Set([...renames.flatMap(({ from, to }) => [keyOf(from), keyOf(to)]), ...joined, ...gone]);
  for (const key of ids) if (known.has(key)) people.set(key, { origin: key, born: undefined, at: key, path: [] });
  const unborn = new Set(joined);
  let left = distinct(renames);
  for (;;) {
    const before = left.length;
    left = left.filter((rename) => !move(people, rename));
    if (left.length < before) continue;
    // Those who were there move first: a userid is free only when they are gone.
    const begun = new Set(left.map(({ from }) => keyOf(from)));
    const born = [...unborn].filter((key) => !people.has(key) && (exists.has(key) || begun.has(key)));
    if (born.length === 0) return { people, left };
    for (const key of born) {
      unborn.delete(key);
      people.set(key, { origin: undefined, born: key, at: key, path: [] });
    }
  }
}

/** Whether somebody could go this way. */
function move(people: Map<string, Person>, rename: ToldRename): boolean {
  const [from, to] = [keyOf(rename.from), keyOf(rename.to)];
  const person = people.get(from);
  if (!person || people.has(to)) return false;
  people.delete(from);
  people.set(to, person);
  person.at = to;
  person.path.push(rename);
  return true;
}

/** Says of one person what is certain now. */
function place(person: Person, evidence: Evidence, found: Identities, blocked: Person[]): void {
  const { left, known, exists, final } = evidence;
  const { origin, at, path } = person;
  const isHere = exists.has(at);
  if (!isHere && !left.has(at)) {
    // However they were called in the end: nobody has that userid any more.
    if (final && origin !== undefined && !exists.has(origin)) leave(origin, found);
    else if (path.length > 0 || origin === undefined) keep(person, found.waiting);
    return;
  }
  if (at !== origin && known.has(at)) {
    blocked.push(person);
    return;
  }
  const last = path.at(-1);
  if (origin !== undefined && at !== origin && last) found.renames.push({ from: spelled(path), to: last.to });
  if (origin === undefined && !isHere) return;
  if (!isHere) return leave(at, found);
  found.certain.add(at);
  if (at !== origin) found.arrived.add(at);
}

function leave(key: string, { certain, gone }: Identities): void {
  certain.add(key);
  gone.add(key);
}

/** Nobody can be renamed because everybody is in somebody else's place: one of them goes back to where they were in between. */
function breakCircle(blocked: readonly Person[], { known }: Evidence, found: Identities): void {
  for (const { origin, path } of blocked) {
    const free = path.findIndex(({ to }) => !known.has(keyOf(to)));
    const rename = path[free];
    if (origin === undefined || !rename) continue;
    found.renames.push({ from: spelled(path), to: rename.to });
    path.splice(0, free + 1);
    return;
  }
}

/** The callback that said that somebody new has a userid came before the one that said that its owner gave it up. */
function newcomers(people: ReadonlyMap<string, Person>, evidence: Evidence, { renames, next }: Identities): void {
  for (const { from } of renames) {
    const key = keyOf(from);
    if (!evidence.replaced.has(key) || !evidence.exists.has(key) || people.has(key)) continue;
    next.joined.add(key);
    next.users.add(key);
  }
}

function keep({ born, at, path }: Person, open: Open): void {
  open.renames.push(...path);
  if (born !== undefined) open.joined.add(born);
  open.left.add(at);
  for (const key of [at, ...path.flatMap(({ from, to }) => [keyOf(from), keyOf(to)])]) open.users.add(key);
}

const spelled = ([first]: readonly Rename[]): string => first?.from ?? '';

function distinct(renames: readonly ToldRename[]): ToldRename[] {
  return [...new Map(renames.map((rename) => [`${keyOf(rename.from)} ${keyOf(rename.to)}`, rename])).values()];
}
