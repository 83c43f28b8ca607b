import type { Rename } from '@rollcall/core';
import { type Past, type Somebody, unusedUid } from './chronicle';

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
