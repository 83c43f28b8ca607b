import type { KnownRecord } from '@rollcall/core';
import { timeOf, told, type ToldRename } from './hints';
import { Lookup } from './lookup';
import { keyOf } from './members';

/** By the userid that somebody gave up, and by the one that they got. */
export type Renames = Lookup<ToldRename, 'from' | 'to'>;

export const lookUpRenames = (renames: readonly ToldRename[]): Renames =>
  new Lookup({ from: ({ from }) => keyOf(from), to: ({ to }) => keyOf(to) }, renames);

/** What is known of userids, all by key. Times are in seconds, NaN where none was told. */
export interface Evidence {
  /** As callbacks told them, in any order; `followed`: and what earlier ones told, and was done. */
  renames: readonly ToldRename[];
  followed: Renames;
  /** When callbacks said that somebody joined, left, under this userid. */
  joined: ReadonlyMap<string, readonly number[]>;
  left: ReadonlyMap<string, readonly number[]>;
  /** The same of those who were found to have left, to be there again, or to be new. */
  leftBefore: ReadonlyMap<string, readonly number[]>;
  joinedBefore: ReadonlyMap<string, readonly number[]>;
  /** Earlier, one said that somebody joined under this userid, and Rollcall had a record of it already. */
  replaced: ReadonlyMap<string, number>;
  /** Rollcall has a record of it. */
  known: ReadonlyMap<string, KnownRecord>;
  /** Somebody has it now. */
  exists: { has(key: string): boolean };
  /** `exists` is the whole truth, and no further callbacks are waited for. */
  final: boolean;
}

/** Somebody whom Rollcall knew by `origin`, or who joined when that is absent, on the way through several userids. */
export interface Person {
  origin: string | undefined;
  born: string | undefined;
  at: string;
  /** When they came there. */
  since: number;
  path: ToldRename[];
}

/** Who went where. */
export interface Journeys {
  /** By the userid where they arrive. */
  people: Map<string, Person>;
  /** Who left, or is gone in Rollcall already, and somebody else went to where they were. */
  departed: Lookup<Person, 'origin' | 'at'>;
  /** Who was on the way through a userid that somebody else got before this was known, and left there. */
  late: Person[];
  /** The renames that nobody could have gone through. */
  unused: Renames;
  /** Who joined and is nobody of these. */
  joiners: Lookup<Joiner, 'key'>;
  /** When a userid was given up for another one. */
  givenUp: Map<string, number>;
}

/** Somebody who joined, and whom Rollcall may not know. */
interface Joiner {
  key: string;
  time: number;
}

/**
 * Goes through all renames in an order in which each new userid is free, beginning with the people whom Rollcall knows. A
 * userid becomes free when its owner is renamed or has left; whoever left goes nowhere any more.
 */
export function travel(evidence: Evidence): Journeys {
  const { renames, joined, left, known } = evidence;
  const journeys: Journeys = {
    people: new Map(),
    departed: new Lookup({ origin: ({ origin }) => origin, at: ({ at }) => at }),
    late: [],
    unused: lookUpRenames(inOrder(renames)),
    joiners: new Lookup({ key: ({ key }) => key }, joinersOf(evidence)),
    givenUp: new Map(),
  };
  const ids = [...renames.flatMap(({ from, to }) => [keyOf(from), keyOf(to)]), ...joined.keys(), ...left.keys()];
  for (const key of ids) {
    if (known.has(key)) settle(journeys, key, { origin: key, born: undefined, since: lastCame(key, evidence) });
  }
  while (
    moveAll(journeys, evidence) ||
    // Those who were there move first: a userid is free only when they are gone.
    beginAll(journeys, evidence) ||
    departAll(journeys, evidence) ||
    passAll(journeys, evidence)
  );
  return journeys;
}

/** Not those who were found to be called otherwise, or to have left, before. The earliest first. */
function joinersOf({ joined, leftBefore, followed, exists }: Evidence): Joiner[] {
  const joiners = [...joined].flatMap(([key, times]) => times.map((time) => ({ key, time })));
  const isNew = ({ key, time }: Joiner): boolean =>
    [...followed.by('from', key).map(timeOf), ...(leftBefore.get(key) ?? [])].every(
      // Within one second: who is there now came after the one who went.
      (later) => later < time || (later === time && exists.has(key)),
    );
  return joiners.filter(isNew).sort((a, b) => (a.time || 0) - (b.time || 0));
}

/** When somebody came to a userid by a rename that was followed, or as somebody new, and is there still. */
export function lastCame(key: string, { followed, joinedBefore }: Pick<Evidence, 'followed' | 'joinedBefore'>): number {
  const times = (end: 'from' | 'to'): number[] => followed.by(end, key).map((rename) => timeOf(rename) || 0);
  const came = Math.max(...times('to'), ...(joinedBefore.get(key) ?? []));
  return came > Math.max(...times('from')) ? came : Number.NEGATIVE_INFINITY;
}

/** The times at which a callback said that somebody left who had come there before, and who did not join again `until` then. */
export function leavings(
  { left, joined, replaced }: Evidence,
  { at, since }: Pick<Person, 'at' | 'since'>,
  until = Number.POSITIVE_INFINITY,
): number[] {
  const joins = [...(joined.get(at) ?? []), ...(replaced.has(at) ? [replaced.get(at) ?? Number.NaN] : [])];
  const isBack = (time: number): boolean => joins.some((back) => !(back < time) && !(back > until));
  return (left.get(at) ?? []).filter((time) => !(time <= since) && !(time > until) && !isBack(time));
}

/** Nobody is there, and a callback said that somebody left who was there when this one was. */
export function hasLeft({ at, since }: Person, { left, leftBefore }: Evidence, { departed }: Journeys): boolean {
  const times = [...(left.get(at) ?? []), ...(leftBefore.get(at) ?? [])];
  const wasAlone = departed.by('at', at).length === 0;
  return times.some((time) => time > since || (wasAlone && !(time < since)));
}

/** Renames by which somebody would go to a userid, if it were free. */
export const comingTo = (journeys: Journeys, evidence: Evidence, at: string): ToldRename[] =>
  journeys.unused.by('to', at).filter((rename) => {
    const person = journeys.people.get(keyOf(rename.from));
    return person !== undefined && mayGo(person, rename, journeys, evidence);
  });

/** Rollcall knows them to be gone, and nobody said anything else of them. */
export const isGone = ({ origin, path }: Person, { known }: Evidence): boolean =>
  origin !== undefined && path.length === 0 && known.get(origin) === 'gone';

function settle({ people }: Journeys, at: string, who: Pick<Person, 'origin' | 'born' | 'since'>): void {
  people.set(at, { ...who, at, path: [] });
}

/** Somebody else came to a userid before that time, and has to go on first. */
function isAwaited(key: string, time: number, { people, joiners, unused }: Journeys, { known }: Evidence): boolean {
  const isFrom = (from: string): boolean => people.has(from) || joiners.by('key', from).length > 0;
  return (
    (!known.has(key) && joiners.by('key', key).some((joiner) => joiner.time < time)) ||
    unused.by('to', key).some((rename) => timeOf(rename) < time && isFrom(keyOf(rename.from)))
  );
}

function moveAll(journeys: Journeys, evidence: Evidence): boolean {
  const { people, givenUp } = journeys;
  const before = journeys.unused.size;
  for (const rename of [...journeys.unused]) {
    const [from, to] = [keyOf(rename.from), keyOf(rename.to)];
    const person = people.get(from);
    if (
      !person ||
      people.has(to) ||
      isAwaited(to, timeOf(rename), journeys, evidence) ||
      !mayGo(person, rename, journeys, evidence)
    )
      continue;
    people.delete(from);
    givenUp.set(from, timeOf(rename));
    people.set(go(journeys, person, rename), person);
  }
  return journeys.unused.size < before;
}

/** It is theirs: they were there then, and nothing else had happened to them or to that userid before. */
function mayGo(person: Person, rename: ToldRename, journeys: Journeys, evidence: Evidence): boolean {
  const { unused } = journeys;
  const time = timeOf(rename);
  // Whoever is gone went nowhere before they joined again: it is somebody else who had that userid after them.
  const back = evidence.joined.get(person.at) ?? [];
  if (isGone(person, evidence) && back.every((joinedAt) => joinedAt > time)) return false;
  if (time < person.since || leavings(evidence, person, time).some((left) => left <= time)) return false;
  if (time === person.since && stayed(person, journeys, evidence)) return false;
  return !(
    unused.by('from', person.at).some((other) => timeOf(other) < time && !(timeOf(other) < person.since)) ||
    unused.by('to', person.at).some((other) => timeOf(other) < time && timeOf(other) > person.since)
  );
}

/**
 * Somebody is where they came to, and nobody else came there: who went within the second in which they came had that userid
 * before them. Rollcall need not have known that one.
 */
function stayed({ at, since }: Person, { unused, joiners }: Journeys, { exists }: Evidence): boolean {
  const others = [...unused.by('to', at).map(timeOf), ...joiners.by('key', at).map(({ time }) => time)];
  return exists.has(at) && !others.some((time) => time >= since);
}

function beginAll(journeys: Journeys, evidence: Evidence): boolean {
  const { people, givenUp } = journeys;
  const before = journeys.joiners.size;
  for (const joiner of [...journeys.joiners]) {
    const { key, time } = joiner;
    const here = people.get(key);
    const onward = journeys.unused.by('from', key);
    // Who has it now came later: this one has gone on.
    const isFree = (to: string): boolean => {
      const owner = people.get(to);
      return !owner || isGone(owner, evidence);
    };
    const past =
      here && onward.find((rename) => isBetween(timeOf(rename), time, here.since) && isFree(keyOf(rename.to)));
    const leaver = past && people.get(keyOf(past.to));
    if (leaver) journeys.departed.add(leaver);
    // Who had it before that is another one, and is known.
    const isOther = time < (givenUp.get(key) ?? Number.NaN);
    const isThere = evidence.exists.has(key) || onward.length > 0;
    if (!past && (here || isOther || !isThere || isAwaited(key, time, journeys, evidence))) continue;
    const person: Person = { origin: undefined, born: key, at: key, since: time, path: [] };
    people.set(past ? go(journeys, person, past) : key, person);
    journeys.joiners.delete(joiner);
  }
  return journeys.joiners.size < before;
}

const isBetween = (time: number, from: number, to: number): boolean => time >= from && time <= to;

/** Returns where they are then. */
function go(journeys: Journeys, person: Person, rename: ToldRename): string {
  const to = keyOf(rename.to);
  Object.assign(person, { at: to, since: timeOf(rename), path: [...person.path, rename] });
  journeys.unused.delete(rename);
  return to;
}

/** Whoever left, or is gone, and has no way to go makes room for those who come. */
function departAll(journeys: Journeys, evidence: Evidence): boolean {
  const { people, departed, unused } = journeys;
  const before = departed.size;
  for (const [key, person] of people) {
    const goesOn = unused.by('from', key).some((rename) => mayGo(person, rename, journeys, evidence));
    if (goesOn) continue;
    const isFree = (rename: ToldRename): boolean =>
      isGone(person, evidence) || leavings(evidence, person, timeOf(rename)).length > 0;
    if (!comingTo(journeys, evidence, key).some(isFree)) continue;
    people.delete(key);
    departed.add(person);
  }
  return departed.size > before;
}

/**
 * A callback comes so late that the userid is another one's already, by a rename that was followed. Before that one came,
 * this person had left there, or gone on.
 */
function passAll(journeys: Journeys, evidence: Evidence): boolean {
  const { people, unused } = journeys;
  for (const rename of unused) {
    const [from, through] = [keyOf(rename.from), keyOf(rename.to)];
    const person = people.get(from);
    if (!person || !mayGo(person, rename, journeys, evidence)) continue;
    const came = evidence.followed.by('to', through).map(timeOf);
    const end = Math.min(...came.filter((time) => time > timeOf(rename)));
    if (!Number.isFinite(end)) continue;
    const isThen = (time: number): boolean => isBetween(time, timeOf(rename), end);
    const on = unused.by('from', through).find((other) => isThen(timeOf(other)) && !people.has(keyOf(other.to)));
    const left = [...(evidence.left.get(through) ?? []), ...(evidence.leftBefore.get(through) ?? [])].some(isThen);
    if (!on && !left) continue;
    people.delete(from);
    go(journeys, person, rename);
    if (on) people.set(go(journeys, person, on), person);
    else journeys.late.push(person);
    return true;
  }
  return false;
}

/** Each once, the earliest first. */
function inOrder(renames: readonly ToldRename[]): ToldRename[] {
  const distinct = new Map(renames.map((rename) => [told(rename), rename]));
  return [...distinct.values()].sort((a, b) => (timeOf(a) || 0) - (timeOf(b) || 0));
}
