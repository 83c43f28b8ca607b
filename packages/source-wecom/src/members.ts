import { type Answer, isAnswer, listOf } from './answer';
import type { WecomClient } from './client';
import { isId, isText } from './departments';
import { BAD_CURSOR, errcodeOf, isTooLarge, strangeAnswer } from './errors';

/** A member (the vendor's word for a user), as `user/get` describes it. What is not said is not there. */
export type Member = Answer & { readonly userid: string };

/** Members directly in one department. `whole` is false when they came by id and name alone, because there are too many. */
export interface Listing {
  members: readonly Member[];
  whole: boolean;
}

/** A userid as it is compared: WeCom does not distinguish capitals. */
export const keyOf = (userid: string): string => userid.toLowerCase();

export async function listMembers(client: WecomClient, departmentId: number): Promise<Listing> {
  try {
    return { members: await list(client, 'user/list', departmentId), whole: true };
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    return { members: await list(client, 'user/simplelist', departmentId), whole: false };
  }
}

async function list(client: WecomClient, path: string, departmentId: number): Promise<Member[]> {
  return listOf(await client.get(path, { department_id: departmentId }), 'userlist', path).map((item) =>
    readMember(item, path),
  );
}

/** Some members of a department, by id and name. */
export const listMemberNames = (client: WecomClient, departmentId: number): Promise<Member[]> =>
  list(client, 'user/simplelist', departmentId);

export async function getMember(client: WecomClient, userid: string): Promise<Member> {
  return readMember(await client.get('user/get', { userid }), 'user/get');
}

function readMember(item: Answer, path: string): Member {
  const { userid } = item;
  if (isText(userid)) return item as Member;
  throw strangeAnswer('bad_answer', 'WeCom answered with a member that has no userid', path);
}

/** Who exists, by id, and in which departments: one entry a person, small enough to hold a whole company. */
export class MemberIds {
  /** Most people are in one department: a list would cost more than all the rest. */
  private readonly departments = new Map<string, number | number[]>();

  add(key: string, department: unknown): void {
    const known = this.departments.get(key);
    if (!isId(department)) {
      if (known === undefined) this.departments.set(key, []);
    } else if (known === undefined) this.departments.set(key, department);
    else if (typeof known === 'number') this.departments.set(key, [known, department]);
    else known.push(department);
  }

  has(key: string): boolean {
    return this.departments.has(key);
  }

  keys(): Iterable<string> {
    return this.departments.keys();
  }

  /** In ascending order: WeCom's own changes from one list to the next. */
  departmentsOf(key: string): number[] {
    const known = this.departments.get(key) ?? [];
    return [...new Set(typeof known === 'number' ? [known] : known)].sort((a, b) => a - b);
  }
}

/** A list that WeCom forgot the place in is begun anew so many times. */
const SWEEPS = 3;
const SWEEP_PAGE = 10_000;
/** Empty pages in a row, each with another cursor behind it, before a list counts as one that never ends. */
const EMPTY_PAGES = 50;

/**
 * Everybody who exists, from contacts sync; `wanted`: only these are kept. Returns when the end of the list was reached, and
 * throws otherwise: half a list says nothing about who is gone.
 */
export async function sweepMemberIds(client: WecomClient, wanted?: ReadonlySet<string>): Promise<MemberIds> {
  for (let sweep = 1; ; sweep++) {
    try {
      return await sweepOnce(client, wanted);
    } catch (error) {
      if (errcodeOf(error) !== BAD_CURSOR || sweep >= SWEEPS) throw error;
    }
  }
}

async function sweepOnce(client: WecomClient, wanted: ReadonlySet<string> | undefined): Promise<MemberIds> {
  const path = 'user/list_id';
  const ids = new MemberIds();
  const cursors = new Set<string>();
  let empty = 0;
  for (let cursor: string | undefined; ;) {
    const answer = await client.post(path, { ...(cursor !== undefined && { cursor }), limit: SWEEP_PAGE });
    const rows = listOf(answer, 'dept_user', path);
    for (const { userid, department } of rows) {
      if (!isText(userid)) throw strangeAnswer('bad_answer', 'WeCom listed a member without a userid', path);
      const key = keyOf(userid);
      if (!wanted || wanted.has(key)) ids.add(key, department);
    }
    // Pages may be short, or even empty, before the end: only the cursor tells.
    const next = answer['next_cursor'];
    if (!isText(next)) return ids;
    if (cursors.has(next)) throw strangeAnswer('network', 'WeCom lists the same members again and again', path);
    empty = rows.length === 0 ? empty + 1 : 0;
    if (empty >= EMPTY_PAGES) throw strangeAnswer('network', 'WeCom says again and again that more members come', path);
    cursors.add(next);
    cursor = next;
  }
}

/** Userids in a list like `[{"userid": "…"}]`, which may be absent. */
export const useridsIn = (list: unknown): string[] =>
  Array.isArray(list)
    ? list.flatMap((item: unknown) => (isAnswer(item) && isText(item['userid']) ? [item['userid']] : []))
    : [];
