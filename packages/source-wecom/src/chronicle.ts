import type { KnownRecord, Rename } from '@rollcall/core';
import { type Happening, keysOf, timeOf, type Told, type ToldRename, type ToldUserid } from './hints';
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

/** What was told of userids that have to do with each other, and with nobody else's. */
export interface Group {
  keys: Set<string>;
  happenings: Happening[];
  /** Who is called otherwise since an earlier read, and in Rollcall could not be yet. */
  decided: Rename[];
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

/** Puts together what shares a userid. */
export function groupsOf(happenings: readonly Happening[], decided: readonly Rename[]): Group[] {
  const groups = new Map<string, Group>();
  const join = (keys: readonly string[]): Group => {
    const met = [...new Set(keys.flatMap((key) => groups.get(key) ?? []))].sort((a, b) => b.keys.size - a.keys.size);
    const [group = { keys: new Set(), happenings: [], decided: [] }, ...others] = met;
    for (const key of [...keys, ...others.flatMap((other) => [...other.keys])]) {
      group.keys.add(key);
      groups.set(key, group);
    }
    for (const other of others) group.decided.push(...other.decided);
    return group;
  };
  for (const rename of decided) join([keyOf(rename.from), keyOf(rename.to)]).decided.push(rename);
  for (const happening of happenings) join(keysOf(happening));
  // Only now, so that they stay in the order in which they came.
  for (const happening of happenings) groups.get(keysOf(happening)[0] ?? '')?.happenings.push(happening);
  return [...new Set(groups.values())];
}

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
      if (happening.kind === 'user-left') return [];
      return `${keyOf(happening.kind === 'rename' ? happening.to : happening.userid)} ${happening.time}`;
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
 * of it is still to come, was lost, or comes so late that others went on from where it should have been.
 */
export function retell({ happenings, decided, keys }: Group, past: Past): Somebody[] | undefined {
  const isLate = (happening: Happening): boolean =>
    keysOf(happening).some((key) => !(happening.time >= (past.last.get(key) ?? 0)));
  if (happenings.some(isLate)) return undefined;
  const { people, here, left } = beginning(decided, keys, past);
  const arrive = (who: Somebody, at: string, since: number): void => {
    const earlier = left.get(at);
    if (earlier && earlier !== who) earlier.at = unusedUid(at, since);
    left.delete(at);
    Object.assign(who, { at, since, gone: false });
    here.set(at, who);
  };
  const isPossible = (happening: Happening): boolean =>
    happening.kind === 'rename'
      ? here.has(keyOf(happening.from)) && !here.has(keyOf(happening.to))
      : here.has(keyOf(happening.userid)) === (happening.kind === 'user-left');
  for (const story = inOrder(happenings); story.length > 0;) {
    const happening = takeNext(story, isPossible);
    if (!happening) return undefined;
    const { time } = happening;
    const from = happening.kind === 'rename' ? keyOf(happening.from) : keyOf(happening.userid);
    const who = here.get(from);
    if (happening.kind === 'user-joined') {
      const person = left.get(from) ?? { record: undefined, at: from, since: time, gone: false };
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
  for (const who of people) leaveToEngine(who, people);
  return people;
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

/** What is to be done so that Rollcall calls everybody by the userid that they have. */
export interface Steps {
  /** Now. Each new uid is free in Rollcall, or of somebody who is gone there. */
  renames: Rename[];
  /** When that is done. */
  decided: Rename[];
  /** Who is gone, by the uid that they have in Rollcall when the renames are done. */
  gone: string[];
  /** Who has the userid by which Rollcall knows them then: what WeCom says of it is about them. */
  certain: string[];
  /** Of those, who had not, or was not there; and who is new, or is there again. */
  arrived: string[];
  fresh: string[];
  /** Who is there again and is renamed once that is said, by the uid that they have in Rollcall. */
  back: string[];
  /** Somebody new who has a userid that is not free in Rollcall yet. */
  newcomers: Somebody[];
  /** Who is there, and is renamed now or then, by the uid that they have in Rollcall when the renames are done. */
  moved: string[];
}

/**
 * The next step, and what remains. A uid is taken only once it is free in Rollcall, so each link of a chain is a step of its
 * own. In a circle nobody can begin: one of them gets a uid in between that WeCom cannot have.
 */
export function stepsTo(people: readonly Somebody[], known: Past['known']): Steps {
  const steps: Steps = {
    ...{ renames: [], decided: [], gone: [], certain: [], arrived: [], fresh: [], back: [], newcomers: [], moved: [] },
  };
  const moving = new Map(people.flatMap((who) => (isMoving(who) ? [[who.record, who] as const] : [])));
  const leaving = new Set(people.flatMap(({ record, gone }) => (gone && record !== undefined ? [record] : [])));
  const isFree = ({ at }: Somebody): boolean => known.get(at) !== 'there' && !moving.has(at);
  const willBeFree = ({ at }: Somebody): boolean => moving.has(at) || leaving.has(at);
  const isCircle = ![...moving.values()].some(isFree) && ![...leaving].some((record) => known.get(record) === 'there');
  const first = isCircle ? [...moving.values()].find(willBeFree) : undefined;
  for (const who of people) {
    const { record, at, gone } = who;
    if (record === undefined) {
      if (gone) continue;
      if (known.has(at)) steps.newcomers.push(who);
      else for (const list of [steps.certain, steps.arrived, steps.fresh]) list.push(at);
      continue;
    }
    let now = record;
    if (isMoving(who)) {
      if (isFree(who)) now = at;
      else if (who === first) now = unusedUid(at, record);
      if (now !== record) steps.renames.push({ from: record, to: now });
      if (now !== at && willBeFree(who)) steps.decided.push({ from: now, to: at });
    }
    const was = known.get(record);
    if (gone && (was === 'there' || now !== record)) steps.gone.push(now);
    if (gone) continue;
    if (record !== at) steps.moved.push(now);
    if (now !== at && was === 'gone') steps.back.push(now);
    if (now !== at) continue;
    steps.certain.push(at);
    if (record !== at || was === 'gone') steps.arrived.push(at);
    if (was === 'gone') steps.fresh.push(at);
  }
  return steps;
}

const isMoving = (who: Somebody): who is Somebody & { record: string } =>
  who.record !== undefined && who.at !== who.record;
