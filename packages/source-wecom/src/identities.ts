import type { Rename } from '@rollcall/core';
import { timeOf, type ToldRename } from './hints';
import {
  comingTo,
  type Evidence,
  hasLeft,
  isGone,
  lastCame,
  type Journeys,
  leavings,
  type Person,
  travel,
} from './journeys';
import { keyOf } from './members';

/** Who has which userid. Keys, but for the renames. */
export interface Identities {
  /** To be said now, by the new userid: it is free in Rollcall, or of somebody who is gone there. */
  renames: Map<string, Rename>;
  /** Whose records are up to date with that: what WeCom says of these userids now is about the person that Rollcall means. */
  certain: Set<string>;
  /** Of those, who left, and who is there and was not, under this userid. */
  gone: Set<string>;
  arrived: Set<string>;
  /** What can be told only when all that stands, then for certain. */
  next: Open;
  /** Something of it changes what Rollcall knows, so that what is `next` is worth another look. */
  changes: boolean;
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

const nothingOpen = (): Open => ({ renames: [], joined: new Set(), left: new Set(), users: new Set() });

/**
 * Finds out who is who now, from callbacks that come in any order, doubled, in several reads, and not all of them.
 *
 * Two people never have one userid at the same time, see `travel`. Somebody is certain when they arrive where somebody is
 * now, or where somebody is said to have left, and nothing says that this may be another one; anything else waits for the
 * rest of the story. Whoever goes to where somebody left in Rollcall, too, needs two reads: the first says that that one
 * left. People who exchange their userids are told apart only when all of it was told (`retell`): here they wait.
 */
export function identify(evidence: Evidence): Identities {
  const journeys = travel(evidence);
  const found: Identities = {
    renames: new Map(),
    certain: new Set(),
    gone: new Set(),
    arrived: new Set(),
    next: nothingOpen(),
    changes: false,
    waiting: nothingOpen(),
  };
  const blocked: Person[] = [];
  for (const person of journeys.departed) depart(person, journeys, evidence, found, blocked);
  for (const person of journeys.late) settleLate(person, evidence, found);
  for (const person of journeys.people.values()) place(person, journeys, evidence, found, blocked);
  found.changes = found.renames.size > 0 || [...found.gone].some((key) => evidence.known.get(key) === 'there');
  for (const person of blocked) keep(person, found.next);
  newcomers(journeys, evidence, found);
  leaveOpen(journeys, evidence, found);
  return found;
}

/** Says of one person who left, and where somebody else is by now. */
function depart(person: Person, journeys: Journeys, evidence: Evidence, found: Identities, blocked: Person[]): void {
  if (person.origin === undefined || isGone(person, evidence)) return;
  if (isTaken(person, journeys, evidence, found)) {
    blocked.push(person);
    return;
  }
  rename(person, found);
  leave(person.at, found);
}

/** Says that somebody left, by the userid that they have in Rollcall: the later ones are another one's. */
function settleLate(person: Person, { known, joined }: Evidence, found: Identities): void {
  const { origin } = person;
  if (origin === undefined || known.get(origin) === 'gone') return;
  // Of somebody new who has that one, too, nothing could be told apart any more.
  if (joined.has(origin)) keep(person, found.waiting);
  else leave(origin, found);
}

/** Says of one person what is certain now. */
function place(person: Person, journeys: Journeys, evidence: Evidence, found: Identities, blocked: Person[]): void {
  const { exists, final } = evidence;
  const { origin, at, path } = person;
  const isHere = exists.has(at);
  if (!isHere && !hasLeft(person, evidence, journeys)) {
    // However they were called in the end: nobody has that userid any more.
    if (final && origin !== undefined && !exists.has(origin)) leave(origin, found);
    else if (path.length > 0 || origin === undefined) keep(person, found.waiting);
    return;
  }
  if (isHere && !final) {
    // Whoever is there is a new owner of the userid, and joins or is renamed with a callback that comes.
    if (isGone(person, evidence) && !evidence.joined.has(at)) return;
    if (mayBeAnother(person, journeys, evidence)) {
      keep(person, found.waiting);
      return;
    }
  }
  if (isTaken(person, journeys, evidence, found)) {
    blocked.push(person);
    return;
  }
  if (origin === undefined && !isHere) return;
  rename(person, found);
  if (!isHere) return leave(at, found);
  found.certain.add(at);
  if (at !== origin) found.arrived.add(at);
}

function rename({ origin, at, path }: Person, { renames }: Identities): void {
  const [first, last] = [path.at(0), path.at(-1)];
  if (origin !== undefined && at !== origin && first && last) renames.set(at, { from: first.from, to: last.to });
}

function leave(key: string, { certain, gone }: Identities): void {
  certain.add(key);
  gone.add(key);
}

/** They left, or go elsewhere, or somebody is to come where they are, and it is not clear yet who is there now. */
function mayBeAnother(person: Person, journeys: Journeys, evidence: Evidence): boolean {
  return (
    leavings(evidence, person).length > 0 ||
    comingTo(journeys, evidence, person.at).length > 0 ||
    isSucceeded(person, journeys, evidence)
  );
}

/** They are said to have gone on, to where they cannot be yet, and somebody else to have joined then. */
const isSucceeded = ({ at, since }: Person, { unused }: Journeys, { joined }: Evidence): boolean =>
  unused.by('from', at).some((rename) => (joined.get(at) ?? []).some((time) => time > since && time >= timeOf(rename)));

/** In Rollcall somebody else has that userid, who is there or on the way elsewhere, or is about to get it. */
function isTaken({ origin, at }: Person, { departed }: Journeys, evidence: Evidence, { renames }: Identities): boolean {
  if (at === origin) return false;
  if (renames.has(at)) return true;
  const isFree = departed.by('origin', at).some((other) => isGone(other, evidence));
  return evidence.known.has(at) && !isFree;
}

/** The callback that said that somebody new has a userid came before the one that said that its owner gave it up. */
function newcomers({ people }: Journeys, evidence: Evidence, { renames, next }: Identities): void {
  for (const { from } of renames.values()) {
    const key = keyOf(from);
    if (!evidence.replaced.has(key) || !evidence.exists.has(key) || people.has(key)) continue;
    next.joined.add(key);
    next.users.add(key);
  }
}

/** Callbacks that concern nobody yet. */
function leaveOpen(journeys: Journeys, evidence: Evidence, { gone, waiting }: Identities): void {
  const { people, departed, unused, joiners } = journeys;
  const { left, exists } = evidence;
  waiting.renames.push(...unused);
  for (const [key, all] of left) {
    const here = people.get(key);
    const times = leavings(evidence, { at: key, since: lastCame(key, evidence) });
    const isOpen = exists.has(key)
      ? // Somebody has it whom nobody told of, or who came within that second: who left may be still to come there.
        here
        ? all.some((time) => time === here.since)
        : departed.by('at', key).length === 0 && times.length > 0
      : times.length > Number(gone.has(key) && evidence.known.get(key) !== 'gone');
    if (isOpen) waiting.left.add(key);
  }
  for (const { key, time } of joiners) {
    const here = people.get(key);
    const isAwaited = !here || (isGone(here, evidence) && !exists.has(key)) || isSucceeded(here, journeys, evidence);
    if (isAwaited && (left.get(key) ?? []).every((leftAt) => leftAt < time)) waiting.joined.add(key);
  }
}

function keep({ born, at, path }: Person, open: Open): void {
  open.renames.push(...path);
  if (born !== undefined) open.joined.add(born);
  open.left.add(at);
  for (const key of [at, ...path.flatMap(({ from, to }) => [keyOf(from), keyOf(to)])]) open.users.add(key);
}
