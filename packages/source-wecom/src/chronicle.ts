import type { KnownRecord, Rename } from '@rollcall/core';
import type { Group } from './groups';
import { cameTo, type Happening, keysOf, timeOf, type Told, type ToldRename, type ToldUserid } from './hints';
import { keyOf } from './members';

/** Somebody after all that was told. Userids by key. */
export interface Somebody {
  /** Their userid in Rollcall; undefined: they are new. */
  record: string | undefined;
  /** The userid that they have now, or had last. When it went to another one after they left: one that WeCom cannot have. */
  at: string;
  /** When they came there. */
  since: number;
  gone: boolean;
}

/** What Rollcall knows, and when what was followed already concerned a userid last; by key. */
export interface Past {
  known: ReadonlyMap<string, KnownRecord>;
  last: ReadonlyMap<string, number>;
}

/** Begins a userid that WeCom cannot have, for somebody who gave theirs up. */
const MARK = '#';

/** A userid as WeCom has none, after one that it has. */
export const unusedUid = (uid: string, suffix: string | number): string => `${uid}${MARK}${suffix}`;

export const isUnused = (uid: string): boolean => uid.includes(MARK);

/** When something that was followed concerned a userid last. */
export function lastFollowed(followed: readonly ToldRename[], others: readonly ToldUserid[]): Map<string, number> {
  const last = new Map<string, number>();
  const note = (userid: string, told: Told): void => {
    last.set(keyOf(userid), Math.max(last.get(keyOf(userid)) ?? 0, timeOf(told) || 0));
  };
  for (const rename of followed) {
    note(rename.from, rename);
    note(rename.to, rename);
  }
  for (const other of others) note(other.userid, other);
  return last;
}

/**
 * Userids to which somebody came, and from which somebody went, within one second. It may have been the same one, or the one
 * went who had it before, and of whom Rollcall does not know.
 */
export function changedWithinASecond({ happenings }: Group, { last }: Pick<Past, 'last'>): Set<string> {
  const came = new Set(
    happenings.flatMap((happening) => {
      const key = cameTo(happening);
      return key === undefined ? [] : [`${key} ${happening.time}`];
    }),
  );
  return new Set(
    happenings.flatMap((happening) => {
      if (happening.kind !== 'rename') return [];
      const [key, { time }] = [keyOf(happening.from), happening];
      return came.has(`${key} ${time}`) || last.get(key) === time ? [key] : [];
    }),
  );
}

/**
 * Retells what happened in the order in which it did: one leaves and frees a userid, one is renamed to a free one, one joins
 * with a free one. Whoever joins where the last one left is that one again. Undefined when it does not fit together: something
 * of it is still to come, was lost, or comes so late that others went on from where it should have been. `comers`: by key, who
 * came there last within a second; `followed`: what of it was followed already, and is told again.
 */
export function retell(
  { happenings, decided, keys }: Group,
  past: Past,
  comers: ReadonlyMap<string, Happening> = new Map(),
  followed: readonly Happening[] = [],
): Somebody[] | undefined {
  const isLate = (happening: Happening): boolean =>
    keysOf(happening).some((key) => !(happening.time >= (past.last.get(key) ?? 0)));
  if (happenings.some(isLate)) return undefined;
  const state = beginning(decided, keys, past);
  const { people, here, left } = state;
  const born = takeBack(followed, state);
  if (!born) return undefined;
  const arrive = (who: Somebody, at: string, since: number): void => {
    const earlier = left.get(at);
    if (earlier && earlier !== who) earlier.at = unusedUid(at, since);
    left.delete(at);
    Object.assign(who, { at, since, gone: false });
    here.set(at, who);
  };
  const story = inOrder(happenings);
  const isTooEarly = (happening: Happening): boolean => {
    const key = cameTo(happening) ?? '';
    const isLast = comers.get(key) === happening;
    return (
      isLast &&
      story.some((other) => other !== happening && other.time === happening.time && keysOf(other).includes(key))
    );
  };
  const isPossible = (happening: Happening): boolean =>
    !isTooEarly(happening) &&
    (happening.kind === 'rename'
      ? here.has(keyOf(happening.from)) && !here.has(keyOf(happening.to))
      : here.has(keyOf(happening.userid)) === (happening.kind === 'user-left'));
  while (story.length > 0) {
    const happening = takeNext(story, isPossible);
    if (!happening) return undefined;
    const { time } = happening;
    const from = happening.kind === 'rename' ? keyOf(happening.from) : keyOf(happening.userid);
    const who = here.get(from);
    if (happening.kind === 'user-joined') {
      const person = left.get(from) ?? born.get(happening) ?? { record: undefined, at: from, since: time, gone: false };
      born.delete(happening);
      if (!people.includes(person)) people.push(person);
      arrive(person, from, time);
    } else if (who) {
      here.delete(from);
      if (happening.kind === 'rename') {
        arrive(who, keyOf(happening.to), time);
      } else {
        who.gone = true;
        left.set(from, who);
      }
    }
  }
  if (born.size > 0) return undefined;
  for (const who of people) leaveToEngine(who, people);
  return people;
}

/** Undoes what was followed, to tell it again. Returns who joined by what of it; undefined when that cannot have been all. */
function takeBack(
  followed: readonly Happening[],
  { people, here, left }: { people: Somebody[]; here: Map<string, Somebody>; left: Map<string, Somebody> },
): Map<Happening, Somebody> | undefined {
  const born = new Map<Happening, Somebody>();
  const undo = (happening: Happening): boolean => {
    const end = cameTo(happening);
    const who = end === undefined ? left.get(keysOf(happening)[0] ?? '') : here.get(end);
    const start = happening.kind === 'rename' ? keyOf(happening.from) : who?.at;
    if (!who || (happening.kind !== 'user-joined' && here.has(start ?? ''))) return false;
    (end === undefined ? left : here).delete(who.at);
    if (happening.kind === 'user-joined') {
      people.splice(people.indexOf(who), 1);
      born.set(happening, who);
    } else {
      Object.assign(who, { at: start, gone: false });
      here.set(who.at, who);
    }
    return true;
  };
  for (const story = [...followed]; story.length > 0;) {
    const undone = story.findIndex(undo);
    if (undone < 0) return undefined;
    story.splice(undone, 1);
  }
  return born;
}

/** Takes out the next that can have happened: WeCom tells times in seconds, and of one second any may have been the first. */
function takeNext(story: Happening[], isPossible: (happening: Happening) => boolean): Happening | undefined {
  const [first] = story;
  const next = story.findIndex((each) => (each === first || each.time === first?.time) && isPossible(each));
  return next < 0 ? undefined : story.splice(next, 1)[0];
}

/** The earliest first; within a second as they came. Those of which the time is not known fit nowhere. */
const inOrder = (happenings: readonly Happening[]): Happening[] =>
  happenings.some(({ time }) => Number.isNaN(time)) ? [...happenings] : [...happenings].sort((a, b) => a.time - b.time);

/** Everybody whom Rollcall knows by one of these userids, where they were before anything of it happened. */
function beginning(
  decided: readonly Rename[],
  keys: ReadonlySet<string>,
  { known }: Past,
): { people: Somebody[]; here: Map<string, Somebody>; left: Map<string, Somebody> } {
  const ends = new Map(decided.map(({ from, to }) => [keyOf(from), keyOf(to)]));
  const people = [...keys].flatMap((record): Somebody[] => {
    const state = known.get(record);
    if (state === undefined) return [];
    return [{ record, at: ends.get(record) ?? record, since: Number.NEGATIVE_INFINITY, gone: state === 'gone' }];
  });
  const at = (gone: boolean): Map<string, Somebody> =>
    new Map(people.filter((who) => who.gone === gone).map((who) => [who.at, who]));
  return { people, here: at(false), left: at(true) };
}

/** A record that left gives its uid up by itself when another record is renamed to it. */
function leaveToEngine(who: Somebody, people: readonly Somebody[]): void {
  const { record } = who;
  if (!who.gone || record === undefined || !isUnused(who.at) || isUnused(record)) return;
  const heir = people.find((other) => other.at === record && other.record !== undefined && other !== who);
  if (heir && who.at.startsWith(`${record}${MARK}`)) who.at = record;
}
