import type { UserRecord } from '@rollcall/core';
import { pickedUserids } from './app-range';
import type { WecomClient } from './client';
import type { MemberGaps } from './completeness';
import type { WecomOptions } from './config';
import { errcodeOf, isTooLarge, UNSEEN } from './errors';
import { idRecord, type MemberMapping, noteReadable, userRecord } from './map-member';
import { getMember, keyOf, type Listing, listMembers, type Member, type MemberIds, sweepMemberIds } from './members';
import { inParallel } from './parallel';
import type { DepartmentView, Readers } from './view';

/** So many records of ids are made at a time. */
const BATCH = 500;

/**
 * Every member once, in batches as WeCom gives them. Of the company as a whole only ids are held: those of contacts sync,
 * and those that came already, because a member of three departments is listed three times. Fills `gaps`.
 */
export class MemberRead {
  private readonly seen = new Set<string>();
  private readonly readable = new Set<string>();
  private ids: MemberIds | undefined;

  constructor(
    private readonly readers: Readers,
    private readonly view: DepartmentView,
    private readonly options: WecomOptions,
    private readonly gaps: MemberGaps,
  ) {}

  async *batches(): AsyncGenerator<UserRecord[], void, undefined> {
    const { details, contacts } = this.readers;
    // First, so that whoever joins meanwhile is in the lists and nobody is taken for known by id alone.
    this.ids = contacts && (await sweepMemberIds(contacts));
    if (details) {
      yield* this.byDepartment(details);
      yield* this.picked(details);
    }
    if (this.ids) yield* this.others(this.ids);
  }

  private async *byDepartment(details: WecomClient): AsyncGenerator<UserRecord[], void, undefined> {
    const ids = this.view.departments.map(({ id }) => id);
    for await (const { id, listing } of inParallel(ids, details.concurrency, (id) => list(details, id))) {
      if (typeof listing === 'number') this.gaps.refused.set(id, listing);
      else if (listing.whole) yield this.records(listing.members);
      else yield* this.oneByOne(details, this.unseen(listing.members));
    }
  }

  /** Members whose department is not visible, but they are. Of chosen departments they cannot be. */
  private async *picked(details: WecomClient): AsyncGenerator<UserRecord[], void, undefined> {
    const { agentId } = this.options;
    if (agentId === undefined || details.secretOption !== 'agentSecret') return;
    if (this.readers.seesAll || this.view.scope.isChosen) return;
    const userids = (await pickedUserids(details, agentId)).filter((userid) => !this.seen.has(keyOf(userid)));
    for await (const member of inParallel(userids, details.concurrency, (userid) => getVisible(details, userid))) {
      if (member) yield this.records([member]);
    }
  }

  /** Whom contacts sync knows and no list showed: moved while we read, or not visible. */
  private async *others(ids: MemberIds): AsyncGenerator<UserRecord[], void, undefined> {
    const { details } = this.readers;
    const hidden: string[] = [];
    const moved: Member[] = [];
    for (const key of ids.keys()) {
      if (this.seen.has(key) || !this.isWanted(ids, key)) continue;
      if (details && this.shouldBeVisible(ids, key)) moved.push({ userid: key, department: ids.departmentsOf(key) });
      else hidden.push(key);
    }
    if (details) {
      yield* this.oneByOne(details, moved);
      this.gaps.undescribed += hidden.length;
    }
    for (let start = 0; start < hidden.length; start += BATCH) {
      yield hidden.slice(start, start + BATCH).map((key) => idRecord(key, ids.departmentsOf(key), this.view.scope));
    }
  }

  /** Members of whom a list gave little: each is asked for. Of one that is not shown, that little is said. */
  private async *oneByOne(
    details: WecomClient,
    known: readonly Member[],
  ): AsyncGenerator<UserRecord[], void, undefined> {
    const ask = async (member: Member): Promise<{ member: Member; found: Member | undefined }> => ({
      member,
      found: await getVisible(details, member.userid),
    });
    for await (const { member, found } of inParallel(known, details.concurrency, ask)) {
      if (!found) this.gaps.undescribed++;
      yield this.records([found ?? member]);
    }
  }

  private unseen(members: readonly Member[]): Member[] {
    return members.filter(({ userid }) => !this.seen.has(keyOf(userid)));
  }

  private records(members: readonly Member[]): UserRecord[] {
    noteReadable(members, this.readable);
    const fresh: UserRecord[] = [];
    for (const member of members) {
      const key = keyOf(member.userid);
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      fresh.push(userRecord(member, this.mapping()));
    }
    return fresh;
  }

  private mapping(): MemberMapping {
    const { scope, visible } = this.view;
    return {
      attributes: this.options.attributes ?? [],
      scope,
      readable: this.readable,
      // What the app sees is newer: only of what it does not see contacts sync is believed.
      elsewhere: (userid) => this.ids?.departmentsOf(keyOf(userid)).filter((id) => !visible.has(id)) ?? [],
    };
  }

  private isWanted(ids: MemberIds, key: string): boolean {
    const { scope } = this.view;
    return !scope.isChosen || ids.departmentsOf(key).some((id) => scope.has(id));
  }

  private shouldBeVisible(ids: MemberIds, key: string): boolean {
    return ids.departmentsOf(key).some((id) => this.view.visible.has(id) && !this.gaps.refused.has(id));
  }
}

/** The members of a department, or the code with which WeCom refuses to list them. */
async function list(client: WecomClient, id: number): Promise<{ id: number; listing: Listing | number }> {
  try {
    return { id, listing: await listMembers(client, id) };
  } catch (error) {
    const errcode = errcodeOf(error);
    if (errcode === undefined || !(UNSEEN.has(errcode) || isTooLarge(error))) throw error;
    return { id, listing: errcode };
  }
}

/** Undefined: gone, or not visible. */
export async function getVisible(client: WecomClient, userid: string): Promise<Member | undefined> {
  try {
    return await getMember(client, userid);
  } catch (error) {
    if (UNSEEN.has(errcodeOf(error) ?? 0)) return undefined;
    throw error;
  }
}
