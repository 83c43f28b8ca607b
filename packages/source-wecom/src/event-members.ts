import type { EventContext, KnownRecord, OpenHints, Rename, UserRecord } from '@rollcall/core';
import { changedWithinASecond, isUnused, lastFollowed, type Past, retell, type Somebody } from './chronicle';
import type { WecomClient } from './client';
import type { WecomOptions } from './config';
import { errcodeOf, TOO_LARGE, UNSEEN } from './errors';
import { type Group, groupsOf, lastComers, type Second, secondsOf } from './groups';
import {
  followedOf,
  inDepartments,
  joinedAt,
  leftAt,
  notesOf,
  timeOf,
  toHint,
  told,
  toldAt,
  type ToldRename,
  type ToldUserid,
  unnamed,
  type Wanted,
  type WantedUser,
  type WecomHint,
} from './hints';
import { type Identities, identify, type Open } from './identities';
import { hiddenRecord, idRecord, type MemberMapping, noteReadable, userRecord } from './map-member';
import { lookUpRenames } from './journeys';
import { keyOf, listMembers, type Member, type MemberIds, sweepMemberIds } from './members';
import { inParallel } from './parallel';
import { getVisible } from './read-members';
import type { Scope } from './scope';
import { type Steps, stepsTo } from './steps';
import type { Readers } from './view';

/** A department in which so many members changed is listed once instead of asking for each of them. */
const CROWD = 20;

/**
 * Members as they are now, and who of them is called otherwise. Somebody whom WeCom does not show left when a callback said
 * so, or, at the end of a full read, when contacts sync does not list them any more. Somebody of whom nobody said that they
 * joined may be an acquaintance whose new userid was not announced yet: they wait for that, or for the next full read.
 *
 * First `identify`, then `batches`, then `open`.
 */
export class MemberHints {
  /** Who is to be looked at still. */
  private readonly users: Map<string, WantedUser>;
  private readonly renames: readonly ToldRename[];
  private readonly seconds: readonly Second[];
  private readonly shown: Member[] = [];
  private readonly readable = new Set<string>();
  private readonly waiting: WecomHint[] = [];
  private known: ReadonlyMap<string, KnownRecord> = new Map();
  private ids: MemberIds | undefined;
  private gone: string[] = [];
  /** Who is new, or there again, by key; `back`: and has another userid by now, of which no callback has told yet. */
  private readonly fresh = new Set<string>();
  private readonly back = new Set<string>();
  /** Somebody joined there, by key, and is still looked for: whoever has that userid now is another one. */
  private readonly awaited = new Set<string>();
  /** Of a full read: who is called otherwise, now or soon. What it read of these uids may have been about others. */
  private readonly moved: string[] = [];
  private again = false;
  /** By key and time: in which departments somebody joined. */
  private joins: ReadonlyMap<string, readonly number[]> | undefined;

  constructor(
    private readonly context: Pick<EventContext<WecomOptions>, 'options' | 'within' | 'known'>,
    private readonly readers: Readers,
    private readonly scope: Scope,
    private readonly wanted: Wanted,
  ) {
    this.seconds = secondsOf(groupsOf(wanted.happenings, wanted.decided), followedOf(wanted));
    this.users = new Map(wanted.users);
    this.renames = wanted.renames;
  }

  /** Who is called otherwise from now on. */
  async identify(): Promise<Rename[]> {
    const { followed, leavers, joiners } = this.wanted;
    const joined = this.timesOf(({ joined }) => (joined.length > 0 ? joined : undefined));
    const replaced = this.timesOf(({ replaced }) => replaced);
    const left = this.timesOf(({ left }) => (left.length > 0 ? left : undefined));
    const renamed = [...this.renames, ...this.wanted.decided].flatMap(({ from, to }) => [keyOf(from), keyOf(to)]);
    const all = new Set([...this.users.keys(), ...renamed, ...this.seconds.flatMap(({ whole }) => [...whole.keys])]);
    const asked = new Set([...all].filter((key) => !isUnused(key)));
    const known = (this.known = await this.context.known('user', [...all]));
    // A rename that nobody can have gone through yet, or any more, says nothing of who is there.
    const moves = this.renames.some(({ from }) => known.has(keyOf(from)) || joined.has(keyOf(from)));
    const exists = await this.whoExists(asked, moves || left.size > 0);
    const final = this.isFullRead && this.ids !== undefined;
    const told = this.retell(exists, final);
    const isOpen = (key: string): boolean => !told.keys.has(key);
    const open = <Value>(map: ReadonlyMap<string, Value>): Map<string, Value> =>
      new Map([...map].filter(([key]) => isOpen(key)));
    const found = identify({
      ...{
        renames: this.renames.filter(({ from }) => isOpen(keyOf(from))),
        followed: lookUpRenames(followed),
        leftBefore: timesByKey(leavers),
        joinedBefore: timesByKey(joiners),
        known,
        exists,
        final,
      },
      ...{ joined: open(joined), left: open(left), replaced: open(replaced) },
    });
    const { changes } = found;
    const isOpenStill = changes && !isEmpty(found.next);
    const pending = [...(final ? this.newOwners(found, exists) : []), ...this.take(told, found)];
    this.gone = [...found.gone];
    this.again = isOpenStill || pending.length + told.postponed.length > 0;
    if (this.again || !this.isFullRead) this.keep(found.next);
    this.waiting.push(...pending);
    if (!this.isFullRead) {
      this.keep(found.waiting);
      this.keepNotes(found, told.keys, pending);
    }
    for (const key of found.arrived) if (!this.users.has(key)) this.users.set(key, unnamed(key));
    const renames = [...found.renames.values()];
    const givenUp = new Set(renames.map(({ from }) => keyOf(from)));
    for (const key of this.users.keys()) {
      if (!(isOpen(key) ? this.canTell(key, found, givenUp) : found.certain.has(key) && !found.gone.has(key)))
        this.users.delete(key);
    }
    return renames;
  }

  /**
   * What fits together as it was told, and with what is there now. When something of it does not, its second is told again with
   * what was followed of that: it may have been taken for what it was not.
   */
  private retell(exists: { has(key: string): boolean }, final: boolean): Retold {
    const { known } = this;
    const { followed, leavers, joiners } = this.wanted;
    const past = { known, last: lastFollowed(followed, [...leavers, ...joiners]) };
    const retold: Retold = { keys: new Set(), steps: [], absent: new Set(), postponed: [] };
    const add = (keys: ReadonlySet<string>, { people, absent }: Fitting): void => {
      for (const key of keys) retold.keys.add(key);
      for (const key of absent) retold.absent.add(key);
      retold.steps.push(stepsTo(people, known));
    };
    const fitting = (group: Group, people: Somebody[] | undefined): Fitting | undefined => {
      const absent = people && contradictions(group, people, exists, past);
      return people && absent && !(final && absent.length > 0) ? { people, absent } : undefined;
    };
    for (const { whole, groups, earlier } of this.seconds) {
      const isDoubtful = [...whole.keys].some((key) => this.isDoubtful(key));
      const comers = lastComers(whole, (key) => this.ids?.departmentsOf(key) ?? []);
      const told = groups.map((group): [Group, Fitting | undefined] => {
        const isSettled = [...comers].some(([key, comer]) => group.keys.has(key) && earlier.has(comer));
        if (isDoubtful || isSettled) return [group, undefined];
        return [group, fitting(group, retell(group, past, comers) ?? retell(group, past))];
      });
      const isOpen = !isDoubtful && earlier.size > 0 && told.some(([, found]) => !found);
      const again = isOpen ? fitting(whole, retell(whole, past, comers, [...earlier])) : undefined;
      if (again) add(whole.keys, again);
      for (const [group, found] of again ? [] : told) {
        if (found) add(group.keys, found);
        else if (group.decided.length > 0) {
          // What was decided is done first; what was told since is looked at then.
          const people = retell({ ...group, happenings: [] }, past);
          if (people) add(group.keys, { people, absent: [] });
          retold.postponed.push(group);
        }
      }
    }
    return retold;
  }

  /** Somebody was noted to have joined, and either not when, or they are gone since: it may have been told twice. */
  private isDoubtful(key: string): boolean {
    const replaced = this.users.get(key)?.replaced;
    return replaced !== undefined && (Number.isNaN(replaced) || this.known.get(key) === 'gone');
  }

  /** Adds what was retold to what was found out otherwise. Returns what can be done only then. */
  private take(
    { steps: all, absent, postponed }: Retold,
    { renames, certain, gone, arrived, next }: Identities,
  ): WecomHint[] {
    const pending: WecomHint[] = [];
    for (const steps of all) {
      for (const { from, to } of steps.renames) renames.set(to, { from: this.spelled(from), to: this.spelled(to) });
      for (const key of steps.gone) gone.add(key);
      for (const key of steps.certain) if (!absent.has(key)) certain.add(key);
      for (const key of steps.arrived) if (!absent.has(key)) arrived.add(key);
      for (const key of steps.fresh) (absent.has(key) ? this.back : this.fresh).add(key);
      for (const key of steps.back) this.back.add(key);
      pending.push(...steps.newcomers.map(({ at, since }) => joinedAt(this.spelled(at), since)));
      for (const { from, to } of steps.decided) {
        pending.push({ kind: 'rename-decided', from, to: this.spelled(to) });
      }
      for (const { at } of steps.newcomers) next.users.add(at);
      for (const { to } of steps.decided) next.users.add(to);
      if (this.isFullRead) this.moved.push(...steps.moved);
    }
    const later = new Set(postponed.flatMap(({ keys }) => [...keys]));
    next.renames.push(...this.renames.filter(({ from }) => later.has(keyOf(from))));
    for (const { keys, happenings } of postponed) {
      for (const happening of happenings) {
        if (happening.kind === 'user-joined') next.joined.add(keyOf(happening.userid));
        if (happening.kind === 'user-left') next.left.add(keyOf(happening.userid));
      }
      for (const key of keys) next.users.add(key);
    }
    return pending;
  }

  /**
   * Who has a userid that somebody gave up, at the end of a full read. What that read said of it was about who gave it up, so
   * they are read once more, and nobody will tell of them any more.
   */
  private newOwners({ renames, certain }: Identities, exists: { has(key: string): boolean }): WecomHint[] {
    const told = lookUpRenames(this.renames);
    return [...renames.values()].flatMap(({ from }) => {
      const key = keyOf(from);
      if (!exists.has(key) || certain.has(key)) return [];
      const times = told.by('from', key).map(timeOf);
      return [joinedAt(this.spelled(key), Math.max(...times)), { kind: 'user', userid: this.spelled(key) }];
    });
  }

  /** As callbacks wrote it. */
  private spelled(key: string): string {
    return this.wanted.spelling.get(key) ?? key;
  }

  async *batches(): AsyncGenerator<UserRecord[], void, undefined> {
    yield [
      ...this.moved.map(hiddenRecord),
      ...[...this.back].map((uid) => ({ uid })),
      ...this.gone.map((key) => ({ uid: this.spelled(key), isDeleted: true })),
    ];
    if (this.users.size === 0) return;
    const { details, contacts } = this.readers;
    if (details) {
      yield this.records(this.shown);
      yield* this.byDepartment(details);
      yield* this.oneByOne(details);
    }
    if (contacts && this.users.size > 0) {
      this.ids ??= await sweepMemberIds(contacts, new Set(this.users.keys()));
      yield this.unlisted(this.ids);
      yield this.byId(this.ids);
    }
  }

  /** What has to be looked at once more. */
  open(): OpenHints {
    return { hints: this.waiting.map(toHint), again: this.again };
  }

  private get isFullRead(): boolean {
    return this.context.within === 'pull';
  }

  private timesOf<Time>(of: (user: WantedUser) => Time | undefined): Map<string, Time> {
    return new Map(
      [...this.users].flatMap(([key, user]) => {
        const time = of(user);
        return time === undefined ? [] : [[key, time] as const];
      }),
    );
  }

  /** Of some userids those that somebody has. `exactly`: it matters before anything is said; else whoever is not there shows later. */
  private async whoExists(keys: ReadonlySet<string>, exactly: boolean): Promise<{ has(key: string): boolean }> {
    const { details, contacts, seesAll } = this.readers;
    // The app cuts lists of departments to its visible range: what it does not see has to come from contacts sync.
    if (contacts && (exactly || (details && !seesAll))) return (this.ids = await sweepMemberIds(contacts, keys));
    if (!exactly || !details) return { has: () => true };
    for await (const member of inParallel(keys, details.concurrency, (key) => getVisible(details, key))) {
      if (member) this.shown.push(member);
    }
    return new Set(this.shown.map(({ userid }) => keyOf(userid)));
  }

  /** Whether what WeCom says of a userid now is about the person whom Rollcall knows by it, or about somebody new. */
  private canTell(key: string, { certain, gone, next, waiting }: Identities, givenUp: ReadonlySet<string>): boolean {
    if (certain.has(key)) return !gone.has(key);
    if (givenUp.has(key) || next.users.has(key) || waiting.users.has(key)) return false;
    return this.known.get(key) === 'there' || this.isFullRead || this.scope.isChosen;
  }

  private keep({ renames, joined, left, users }: Open): void {
    this.waiting.push(...renames.map((rename): WecomHint => ({ kind: 'rename', ...rename })));
    const userid = (key: string): string => this.spelled(key);
    for (const key of joined) {
      this.awaited.add(key);
      for (const time of this.joinsOf(key)) this.waiting.push(joinedAt(userid(key), time, this.cameIn(key, time)));
    }
    for (const key of left) {
      for (const time of this.wanted.users.get(key)?.left ?? []) this.waiting.push(leftAt(userid(key), time));
    }
    for (const key of users) {
      const user = this.wanted.users.get(key);
      if (user?.changed) this.waiting.push({ kind: 'user', userid: user.userid, departments: user.departments });
    }
  }

  /** Who was only noted earlier is not asked for again. A callback that says something else ends that. */
  private keepNotes(
    { certain, next, waiting }: Identities,
    retold: ReadonlySet<string>,
    pending: readonly WecomHint[],
  ): void {
    const open = new Set([...next.renames, ...waiting.renames].map(told));
    const followed = [...this.wanted.followed, ...this.renames.filter((rename) => !open.has(told(rename)))];
    const leavers = [...this.wanted.leavers];
    for (const [key, { userid, left }] of this.users) {
      if (next.left.has(key) || waiting.left.has(key)) continue;
      for (const time of left) if (!Number.isNaN(time)) leavers.push({ userid, ...toldAt(time) });
    }
    // Within one second a userid had two owners: what was noted of the first must not pass for what is to be done of the second.
    const isToCome = ({ userid, at }: ToldUserid): boolean =>
      pending.some((hint) => hint.kind === 'user-joined' && keyOf(hint.userid) === keyOf(userid) && hint.at === at);
    const joiners = this.wanted.joiners.filter((joiner) => !isToCome(joiner));
    this.waiting.push(...notesOf({ followed, leavers, joiners }));
    for (const [key, { userid, joined, unlisted, replaced, changed }] of this.users) {
      if (unlisted && !changed) this.waiting.push({ kind: 'user-unlisted', userid });
      const isReplaced = joined.length > 0 && this.known.has(key) && certain.has(key) && !retold.has(key);
      if ((replaced !== undefined && !retold.has(key)) || isReplaced)
        this.waiting.push(this.replacedAt(userid, Math.max(...this.joinsOf(key))));
      if (!changed) this.users.delete(key);
    }
  }

  private replacedAt(userid: string, time: number): WecomHint {
    return { kind: 'user-replaced', userid, ...toldAt(time), ...inDepartments(this.cameIn(keyOf(userid), time)) };
  }

  /** The departments in which somebody joined, as far as that was told. */
  private cameIn(key: string, time: number): readonly number[] {
    this.joins ??= new Map(
      this.wanted.happenings.flatMap((happening) =>
        happening.kind === 'user-joined'
          ? [[`${keyOf(happening.userid)} ${happening.time}`, happening.departments]]
          : [],
      ),
    );
    return this.joins.get(`${key} ${time}`) ?? [];
  }

  /** When they joined, as callbacks said, or were noted to have. */
  private joinsOf(key: string): number[] {
    const { joined = [], replaced = Number.NaN } = this.wanted.users.get(key) ?? {};
    return joined.length > 0 ? joined : [replaced];
  }

  /** Takes out whom contacts sync does not list. They left, or a new userid of theirs was not announced yet. */
  private unlisted(ids: MemberIds): UserRecord[] {
    const gone: UserRecord[] = [];
    for (const [key, { userid, joined }] of this.users) {
      if (ids.has(key)) continue;
      this.users.delete(key);
      if (this.isFullRead) gone.push({ uid: userid, isDeleted: true });
      else if (joined.length === 0) this.waiting.push({ kind: 'user-unlisted', userid });
      else this.waiting.push(...joined.map((time) => joinedAt(userid, time, this.cameIn(key, time))));
    }
    return gone;
  }

  /** Who exists, and is not shown. */
  private byId(ids: MemberIds): UserRecord[] {
    return [...this.users]
      .filter(([key]) => !this.scope.isChosen || ids.departmentsOf(key).some((id) => this.scope.has(id)))
      .filter(([key]) => this.settle(key))
      .map(([key, { userid, joined }]) =>
        idRecord(userid, ids.departmentsOf(key), this.scope, joined.length > 0 || this.fresh.has(key)),
      );
  }

  /** A burst changes many members of few departments. */
  private async *byDepartment(details: WecomClient): AsyncGenerator<UserRecord[], void, undefined> {
    const crowds = new Map<number, number>();
    for (const {
      departments: [first],
    } of this.users.values()) {
      if (first !== undefined) crowds.set(first, (crowds.get(first) ?? 0) + 1);
    }
    const crowded = [...crowds].flatMap(([id, count]) => (count >= CROWD ? [id] : []));
    for await (const members of inParallel(crowded, details.concurrency, (id) => listed(details, id))) {
      yield this.records(members);
    }
  }

  private async *oneByOne(details: WecomClient): AsyncGenerator<UserRecord[], void, undefined> {
    const userids = [...this.users.values()].map(({ userid }) => userid);
    for await (const member of inParallel(userids, details.concurrency, (userid) => getVisible(details, userid))) {
      if (member) yield this.records([member]);
    }
  }

  /** Records of those members that are wanted, who are then settled. */
  private records(members: readonly Member[]): UserRecord[] {
    const wanted = members.filter(({ userid }) => this.settle(keyOf(userid)));
    noteReadable(members, this.readable);
    return wanted.filter((member) => this.isInScope(member)).map((member) => userRecord(member, this.mapping()));
  }

  /** Whether somebody is to be told of, who then is. When they came is noted: what happened to their userid before is not theirs. */
  private settle(key: string): boolean {
    const user = this.users.get(key);
    if (!user) return false;
    this.users.delete(key);
    if (this.isFullRead || this.known.has(key) || this.awaited.has(key)) return true;
    const { userid, joined } = user;
    const times = joined.filter((time) => !Number.isNaN(time));
    this.waiting.push(
      ...times.map((time): WecomHint => ({
        ...{ kind: 'joined-followed', userid, ...toldAt(time), ...inDepartments(this.cameIn(key, time)) },
      })),
    );
    return true;
  }

  /** Whoever left the chosen departments is still in the company: the next full read decides. */
  private isInScope(member: Member): boolean {
    if (!this.scope.isChosen) return true;
    const listed = Array.isArray(member['department']) ? (member['department'] as unknown[]) : [];
    return listed.some((id) => typeof id === 'number' && this.scope.has(id));
  }

  private mapping(): MemberMapping {
    return {
      attributes: this.context.options.attributes ?? [],
      scope: this.scope,
      readable: this.readable,
      cut: !this.readers.contacts && !this.readers.seesAll,
      elsewhere: (userid) => (this.readers.seesAll ? [] : (this.ids?.departmentsOf(keyOf(userid)) ?? [])),
    };
  }
}

/** Who is who after what was told, and where somebody should be and nobody is. */
interface Fitting {
  people: Somebody[];
  absent: string[];
}

/** What was told in an order that makes sense. */
interface Retold {
  /** All userids of it. */
  keys: Set<string>;
  steps: Steps[];
  /** Where somebody was by the last that was told, and nobody is now: they went on, and that is still to be told. */
  absent: Set<string>;
  postponed: Group[];
}

/**
 * Where somebody should be and nobody is. Undefined when what is there now speaks against what was told: somebody new is not
 * there, or somebody is there who is said to have left. That another one came to a userid that was given up may be told yet,
 * unless it was given up in the second in which they came who are said to have given it up.
 */
function contradictions(
  group: Group,
  people: readonly Somebody[],
  exists: { has(key: string): boolean },
  past: Past,
): string[] | undefined {
  if (group.happenings.length === 0) return [];
  const ambiguous = changedWithinASecond(group, past);
  const here = new Map(people.filter(({ gone }) => !gone).map((who) => [who.at, who]));
  const left = new Set(people.filter(({ gone }) => gone).map(({ at }) => at));
  const absent: string[] = [];
  for (const key of group.keys) {
    if (isUnused(key) || here.has(key) === exists.has(key)) continue;
    if (here.has(key) ? here.get(key)?.record === undefined : left.has(key) || ambiguous.has(key)) return undefined;
    absent.push(key);
  }
  return absent;
}

/** When something was said of each userid, by key. */
function timesByKey(said: readonly ToldUserid[]): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const each of said) {
    const known = times.get(keyOf(each.userid));
    if (known) known.push(timeOf(each));
    else times.set(keyOf(each.userid), [timeOf(each)]);
  }
  return times;
}

const isEmpty = ({ renames, joined, users }: Open): boolean => renames.length + joined.size + users.size === 0;

/** Members of a department in full; none when WeCom does not list them so, they are then asked for one by one. */
async function listed(details: WecomClient, id: number): Promise<readonly Member[]> {
  try {
    const { members, whole } = await listMembers(details, id);
    return whole ? members : [];
  } catch (error) {
    const errcode = errcodeOf(error) ?? 0;
    if (UNSEEN.has(errcode) || errcode === TOO_LARGE) return [];
    throw error;
  }
}
