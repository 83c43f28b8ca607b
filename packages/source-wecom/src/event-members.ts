import type { UserRecord } from '@rollcall/core';
import type { WecomClient } from './client';
import type { WecomOptions } from './config';
import { errcodeOf, TOO_LARGE, UNSEEN } from './errors';
import type { WantedUser, Wanted } from './hints';
import { idRecord, type MemberMapping, noteReadable, userRecord } from './map-member';
import { keyOf, listMembers, type Member, type MemberIds, sweepMemberIds } from './members';
import { inParallel } from './parallel';
import { getVisible } from './read-members';
import type { Scope } from './scope';
import type { Readers } from './view';

/** A department in which so many members changed is listed once instead of asking for each of them. */
const CROWD = 20;

/**
 * Members as they are now. Somebody whom WeCom does not show is gone when contacts sync does not list them any more; without
 * contacts sync, when a callback said that they left. Of others nothing is said: that is for the next full read.
 */
export class MemberHints {
  private readonly users: Map<string, WantedUser>;
  private readonly readable = new Set<string>();
  private ids: MemberIds | undefined;

  constructor(
    private readonly readers: Readers,
    private readonly options: WecomOptions,
    private readonly scope: Scope,
    wanted: Pick<Wanted, 'users' | 'renames'>,
  ) {
    this.users = new Map(wanted.users);
    this.renamed = new Set(wanted.renames.map(({ from }) => keyOf(from)));
  }

  /** Earlier userids: nobody is gone because they are called otherwise now. */
  private readonly renamed: ReadonlySet<string>;

  async *batches(): AsyncGenerator<UserRecord[], void, undefined> {
    if (this.users.size === 0) return;
    const { details, contacts, seesAll } = this.readers;
    const left = [...this.users.values()].some((user) => user.left);
    // The app cuts lists of departments to its visible range: what it does not see has to come from contacts sync.
    if (contacts && (!seesAll || left)) this.ids = await sweepMemberIds(contacts, new Set(this.users.keys()));
    if (this.ids) yield this.goneFrom(this.ids, ({ left: said }) => said);
    if (details) {
      yield* this.byDepartment(details);
      yield* this.oneByOne(details);
      if (contacts && this.users.size > 0) {
        this.ids ??= await sweepMemberIds(contacts, new Set(this.users.keys()));
      }
    }
    yield this.ids ? [...this.goneFrom(this.ids, () => true), ...this.byId(this.ids)] : this.saidToHaveLeft();
  }

  /** Takes out whom contacts sync does not list. */
  private goneFrom(ids: MemberIds, test: (user: WantedUser) => boolean): UserRecord[] {
    const gone: UserRecord[] = [];
    for (const [key, user] of this.users) {
      if (ids.has(key) || !test(user)) continue;
      this.users.delete(key);
      if (!this.renamed.has(key)) gone.push({ uid: user.userid, isDeleted: true });
    }
    return gone;
  }

  /** Who exists, and is not shown. */
  private byId(ids: MemberIds): UserRecord[] {
    return [...this.users]
      .filter(([key]) => !this.scope.isChosen || ids.departmentsOf(key).some((id) => this.scope.has(id)))
      .map(([key, { userid }]) => idRecord(userid, ids.departmentsOf(key), this.scope));
  }

  private saidToHaveLeft(): UserRecord[] {
    return [...this.users]
      .filter(([key, { left }]) => left && !this.renamed.has(key))
      .map(([, { userid }]) => ({ uid: userid, isDeleted: true }));
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
    const wanted = members.filter(({ userid }) => this.users.delete(keyOf(userid)));
    noteReadable(members, this.readable);
    return wanted.filter((member) => this.isInScope(member)).map((member) => userRecord(member, this.mapping()));
  }

  /** Whoever left the chosen departments is still in the company: the next full read decides. */
  private isInScope(member: Member): boolean {
    if (!this.scope.isChosen) return true;
    const listed = Array.isArray(member['department']) ? (member['department'] as unknown[]) : [];
    return listed.some((id) => typeof id === 'number' && this.scope.has(id));
  }

  private mapping(): MemberMapping {
    return {
      attributes: this.options.attributes ?? [],
      scope: this.scope,
      readable: this.readable,
      elsewhere: (userid) => (this.readers.seesAll ? [] : (this.ids?.departmentsOf(keyOf(userid)) ?? [])),
    };
  }
}

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
