import type { EventContext, Hint, Page, Rename, UserRecord } from '@rollcall/core';
import { createWecomSource } from '../adapter';
import { toHint, type WecomHint } from '../hints';
import { contextFor, freshOptions, ScriptedWecom } from './scripted-wecom';

/** What happens in a company, and the callback of each. */
export type Happening = ['join', string] | ['move', string] | ['rename', string, string] | ['leave', string];

const source = createWecomSource({ backoff: 1, block: 20 });

/** People at the beginning; each is called by their userid in capitals. */
export const PEOPLE = ['a', 'b', 'c'];
/** One who left, and whom WeCom shows still: of that userid Rollcall knows nobody. */
export const STRANGER = 's';
const LEFT = 5;

/** Somebody as Rollcall has them: who they were when they were created, and what was last said of them. */
export interface Known {
  /** There from the beginning. */
  old: boolean;
  first: string;
  name: string;
  gone: boolean;
}

/** Rollcall, as far as uids are concerned: applies pages as the engine does, and keeps hints that are open. */
export class Directory {
  readonly records = new Map(PEOPLE.map((uid): [string, Known] => [uid, beginning(uid.toUpperCase())]));
  /** Who gave up their userid by leaving. */
  readonly left: Known[] = [];
  private hints = new Map<string, Hint>();
  private again = false;

  constructor(
    public wecom: ScriptedWecom,
    private readonly options = freshOptions('both'),
  ) {}

  /** Hints come and wait. */
  hear(...said: WecomHint[]): void {
    for (const hint of said.map(toHint)) this.put(hint);
  }

  /** Reads hints that came together with those that wait, and again while the adapter asks for it. */
  async read(...said: WecomHint[]): Promise<void> {
    this.hear(...said);
    for (let rounds = 0; await this.readOnce(); rounds++) expect(rounds).toBeLessThan(10);
  }

  /** Reads them once: further ones come before the adapter can read again. Returns whether it asks for that. */
  async readOnce(...said: WecomHint[]): Promise<boolean> {
    this.hear(...said);
    for (const page of await this.pages('event')) this.apply(page);
    return this.again;
  }

  /** Reads everybody, and what waits at the end; as the engine plans that. */
  async readAll(): Promise<void> {
    const pages = await this.pages('pull');
    const renames = pages.flatMap((page) => page.renames ?? []);
    const staged = new Map<string, UserRecord>();
    for (const { userid, name, status } of this.wecom.company.people)
      staged.set(
        userid,
        status === LEFT ? { uid: userid, isDeleted: true } : { uid: userid, nickname: name as string },
      );
    const said = pages.flatMap(({ records = [] }) => records as UserRecord[]);
    const saidOf = new Set(said.map(({ uid }) => uid));
    // Of several the last one counts.
    for (const record of said) staged.set(record.uid, record);
    for (const { from, to } of renames) {
      // What was read of the old uid is about the one who is renamed, unless the new one says more.
      const about = saidOf.has(to) ? staged.get(to) : (staged.get(to) ?? staged.get(from));
      staged.delete(from);
      staged.set(to, about ? { ...about, uid: to } : { uid: to, isDeleted: 'unknown' });
    }
    const missing = [...this.records].filter(([uid]) => !staged.has(uid) && !renames.some(({ from }) => from === uid));
    this.apply({ dataType: 'user', renames, records: [...staged.values()] });
    for (const [, known] of missing) known.gone = true;
    if (this.again) await this.read();
  }

  private put(hint: Hint): void {
    this.hints.delete(hint.key);
    this.hints.set(hint.key, hint);
  }

  private async pages(within: EventContext['within']): Promise<Page[]> {
    const known: EventContext['known'] = async (_dataType, uids) =>
      new Map(
        uids.flatMap((uid) => {
          const record = this.records.get(uid);
          return record ? [[uid, record.gone ? 'gone' : 'there'] as const] : [];
        }),
      );
    const { context } = contextFor(this.options, this.wecom.http);
    const reading = source.events!.read({ ...context, hints: [...this.hints.values()], within, known });
    const pages: Page[] = [];
    for (;;) {
      const next = await reading.next();
      if (!next.done) {
        pages.push(next.value);
        continue;
      }
      this.hints = new Map();
      for (const hint of next.value?.hints ?? []) this.put(hint);
      this.again = next.value?.again ?? false;
      return pages;
    }
  }

  private apply({ renames = [], records = [] }: Page): void {
    this.rename(renames);
    for (const { uid, isDeleted = false, nickname } of records as UserRecord[]) {
      const known = this.records.get(uid);
      if (!known && isDeleted === true) continue;
      const name = nickname ?? known?.name ?? uid;
      this.records.set(uid, {
        old: known?.old ?? false,
        first: known?.first ?? name,
        name,
        gone: isDeleted === 'unknown' ? (known?.gone ?? false) : isDeleted,
      });
    }
  }

  private rename(renames: readonly Rename[]): void {
    const taken = renames.filter(({ to }) => this.records.get(to)?.gone === false);
    expect(taken).toEqual([]);
    for (const { to } of renames) {
      const left = this.records.get(to);
      if (left) this.records.delete(to);
      if (left) this.left.push(left);
    }
    expect(new Set(renames.map(({ to }) => to)).size).toBe(renames.length);
    const moving = renames.map(({ from, to }) => ({ from, to, known: this.records.get(from) }));
    for (const { from } of moving) this.records.delete(from);
    for (const { to, known } of moving) if (known) this.records.set(to, known);
  }
}

const beginning = (name: string): Known => ({ old: true, first: name, name, gone: false });

/** Lets things happen in a company. Returns it as it is then, and its callbacks. `departmentOf`: where somebody is, by name. */
export function happen(
  happenings: readonly Happening[],
  timeOf = String as (index: number) => string,
  departmentOf: (name: string) => number = () => 2,
): { wecom: ScriptedWecom; callbacks: WecomHint[][] } {
  const wecom = new ScriptedWecom();
  wecom.idsPerPage = 100;
  const person = (userid: string, name: string): (typeof wecom.company.people)[number] => {
    const department = departmentOf(name);
    return { userid, name, department: [department], is_leader_in_dept: [0], main_department: department, status: 1 };
  };
  wecom.company.people = [...PEOPLE, STRANGER].map((userid) => person(userid, userid.toUpperCase()));
  wecom.company.people.at(-1)!.status = LEFT;
  const { company } = wecom;
  /** Who left, by the userid that they had: they may be hired again. */
  const leavers = new Map<string, string>();
  const callbacks = happenings.map(([what, userid, to], index): WecomHint[] => {
    const somebody = company.people.find((each) => each.userid === userid);
    if (what === 'join') company.people.push(person(userid, leavers.get(userid) ?? `new ${index}`));
    if (what === 'join') leavers.delete(userid);
    else if (!somebody) throw new Error(`There is no ${userid}.`);
    if (what === 'leave') company.remove(userid);
    if (what === 'leave') leavers.set(userid, String(somebody?.name));
    if (what === 'rename' && somebody) somebody.userid = to!;
    if (what === 'rename') leavers.delete(to);
    const departments = company.people.find((each) => each.userid === (to ?? userid))?.department ?? [];
    switch (what) {
      case 'join':
        return [{ kind: 'user-joined', userid, departments, at: timeOf(index) }];
      case 'leave':
        return [{ kind: 'user-left', userid, at: timeOf(index) }];
      case 'move':
        return [{ kind: 'user', userid }];
      case 'rename':
        return [
          { kind: 'rename', from: userid, to, departments, at: timeOf(index) },
          { kind: 'user', userid: to, departments },
        ];
    }
  });
  return { wecom, callbacks };
}

/** Whoever left has their own name, when all callbacks came in time. */
export function expectLeft(directory: Directory): void {
  const left = [...directory.left, ...directory.records.values()].filter(({ gone }) => gone);
  expect(left.filter(({ first, name }) => first !== name)).toEqual([]);
}

/** Who is in the company, by userid and name. */
export const peopleOf = ({ company }: ScriptedWecom): [string, string][] =>
  company.people.filter(({ status }) => status !== LEFT).map(({ userid, name }) => [userid, String(name)]);

/** Whoever is in the company stands there as the person that they are, and nobody else does. */
export function expectRight(directory: Directory, wecom: ScriptedWecom): void {
  const here = [...directory.records]
    .filter(([, { gone }]) => !gone)
    .map(([uid, { first, name }]) => [uid, first, name]);
  const company = peopleOf(wecom).map(([userid, name]) => [userid, name, name]);
  expect(here.sort()).toEqual(company.sort());
}

/** Everybody is there once, with what is said of them; who was there from the beginning as the one that they were, and nobody else. */
export function expectOldOnes(directory: Directory, wecom: ScriptedWecom): void {
  const here = [...directory.records]
    .filter(([, { gone }]) => !gone)
    .map(([uid, { old, first, name }]) => [uid, name, old ? first : 'new']);
  const old = new Set(PEOPLE.map((uid) => uid.toUpperCase()));
  const company = peopleOf(wecom).map(([userid, name]) => [userid, name, old.has(name) ? name : 'new']);
  expect(here.sort()).toEqual(company.sort());
}
