import type { UserRecord } from '@rollcall/core';
import { pickedUserids } from './app-range';
import type { WecomClient } from './client';
import { isCut, type MemberGaps } from './completeness';
import type { WecomOptions } from './config';
import { errcodeOf, isTooLarge, NO_DEPARTMENT, noMembersError, UNSEEN } from './errors';
import { hiddenRecord, idRecord, type MemberMapping, noteReadable, userRecord } from './map-member';
import { getMember, keyOf, type Listing, listMembers, type Member, type MemberIds, sweepMemberIds } from './members';
import { inParallel } from './parallel';
import type { DepartmentView, Readers } from './view';

/** So many records of ids are made at a time. */
const BATCH = 500;

/**
 * Every member once, in batches as WeCom gives them. Throws before the first of them when it lists those of no department at
 * all: that is no read with gaps, but a right that is missing. Of the company as a whole only ids are held: those of contacts sync,
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
      this.requireAnybody(details);
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

  /** A department that was deleted meanwhile, or is too large, is a gap and no more. */
  private requireAnybody({ secretOption }: WecomClient): void {
    const { departments } = this.view;
    const errcodes = [...new Set(this.gaps.refused.values())];
    const isRefused = departments.length > 0 && departments.every(({ id }) => this.gaps.refused.has(id));
    if (!isRefused || this.seen.size > 0 || errcodes.some((errcode) => !isRight(errcode))) return;
    throw noMembersError(departments.length, errcodes, secretOption);
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
    const others: string[] = [];
    const moved: string[] = [];
    for (const key of ids.keys()) {
      if (this.seen.has(key) || !this.isWanted(ids, key)) continue;
      if (details && this.shouldBeVisible(ids, key)) moved.push(key);
      else others.push(key);
    }
    if (details) yield* this.oneByOne(details, moved);
    for (let start = 0; start < others.length; start += BATCH) {
      const batch = others.slice(start, start + BATCH);
      yield details ? this.hidden(batch) : batch.map((key) => idRecord(key, ids.departmentsOf(key), this.view.scope));
    }
  }

  /** Members of whom a list gave little more than the id: each is asked for. */
  private async *oneByOne(
    details: WecomClient,
    userids: readonly string[],
  ): AsyncGenerator<UserRecord[], void, undefined> {
    const ask = async (userid: string): Promise<{ userid: string; found: Member | undefined }> => ({
      userid,
      found: await getVisible(details, userid),
    });
    for await (const { userid, found } of inParallel(userids, details.concurrency, ask)) {
      if (found) yield this.records([found]);
      else yield this.hidden([userid]);
    }
  }

  private unseen(members: readonly Member[]): string[] {
    return members.flatMap(({ userid }) => (this.seen.has(keyOf(userid)) ? [] : [userid]));
  }

  /** Members who are not shown. Whether they left cannot be told, so they are not said to be in any department either. */
  private hidden(userids: readonly string[]): UserRecord[] {
    const fresh = userids.filter((userid) => !this.seen.has(keyOf(userid)));
    for (const userid of fresh) this.seen.add(keyOf(userid));
    this.gaps.undescribed += fresh.length;
    return fresh.map(hiddenRecord);
  }

  private records(members: readonly Member[]): UserRecord[] {
    noteReadable(members, this.readable);
    const mapping = this.mapping();
    const fresh: UserRecord[] = [];
    for (const member of members) {
      const key = keyOf(member.userid);
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      fresh.push(userRecord(member, mapping));
    }
    return fresh;
  }

  private mapping(): MemberMapping {
    const { scope, visible } = this.view;
    return {
      cut: isCut(this.readers, this.view),
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

const isRight = (errcode: number): boolean => UNSEEN.has(errcode) && !NO_DEPARTMENT.has(errcode);

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
