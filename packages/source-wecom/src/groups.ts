import type { Rename } from '@rollcall/core';
import { cameTo, type Happening, keysOf } from './hints';
import { keyOf } from './members';

/** What was told of userids that have to do with each other, and with nobody else's. */
export interface Group {
  keys: Set<string>;
  happenings: Happening[];
  /** Who is called otherwise since an earlier read, and in Rollcall could not be yet. */
  decided: Rename[];
}

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

/** Groups that have to do with each other by what was followed of the same seconds. */
export interface Second {
  groups: Group[];
  /** What was followed, and all of them together with it. */
  earlier: ReadonlySet<Happening>;
  whole: Group;
}

/** `followed`: what earlier reads were told, and did. Of other seconds it is settled. */
export function secondsOf(groups: readonly Group[], followed: readonly Happening[]): Second[] {
  const times = new Set(groups.flatMap(({ happenings }) => happenings.map(({ time }) => time)));
  const earlier = new Set(followed.filter(({ time }) => times.has(time)));
  const decided = groups.flatMap((group) => group.decided);
  const wholes = groupsOf([...groups.flatMap(({ happenings }) => happenings), ...earlier], decided);
  const byKey = new Map(groups.flatMap((group) => [...group.keys].map((key) => [key, group] as const)));
  return wholes.flatMap((whole) => {
    const mine = new Set([...whole.keys].flatMap((key) => byKey.get(key) ?? []));
    if (mine.size === 0) return [];
    return [{ groups: [...mine], whole, earlier: new Set(whole.happenings.filter((each) => earlier.has(each))) }];
  });
}

/**
 * Of several who came to a userid within one second, the last one, by key: they came in the departments in which whoever has
 * it is now, and nobody else did. `departmentsOf`: in ascending order.
 */
export function lastComers(
  { happenings }: Group,
  departmentsOf: (key: string) => readonly number[],
): Map<string, Happening> {
  const comers = new Map<string, Happening[]>();
  for (const happening of happenings) {
    const key = cameTo(happening);
    if (key !== undefined) comers.set(key, [...(comers.get(key) ?? []), happening]);
  }
  const isIn = ({ departments }: Happening, key: string): boolean =>
    [...departments].sort((a, b) => a - b).join() === departmentsOf(key).join();
  return new Map(
    [...comers].flatMap(([key, all]) => {
      const last = Math.max(...all.map(({ time }) => time));
      const within = all.filter(({ time }) => time === last);
      const [here, ...others] = within.filter((happening) => isIn(happening, key));
      const isTold = within.length > 1 && within.every(({ departments }) => departments.length > 0);
      return here && others.length === 0 && isTold ? [[key, here] as const] : [];
    }),
  );
}
