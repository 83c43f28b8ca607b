import type { DepartmentReference, UserRecord } from '@rollcall/core';
import { type Answer, isAnswer } from './answer';
import type { AttributeMapping } from './config';
import { isId, isText } from './departments';
import type { Member } from './members';
import type { Scope } from './scope';

/** Fields that WeCom hides from many secrets. Most hidden ones are missing, a few are empty. */
const HIDEABLE = ['mobile', 'email', 'biz_mail'] as const;

const LEFT = 5;
/** What is known to mean that somebody is in the company: active, disabled, never signed in. */
const PRESENT: ReadonlySet<unknown> = new Set([1, 2, 4]);

/** What members of one read are mapped with. */
export interface MemberMapping {
  attributes: readonly AttributeMapping[];
  scope: Scope;
  /** Memberships that contacts sync knows of beside those that the app may see. */
  elsewhere: (userid: string) => readonly number[];
  /** Nobody can tell of memberships that the app does not see: its visible range is not all that is to be read. */
  cut?: boolean;
  /** What was filled for anybody in this read: the secret may read it, so an empty one is cleared and not hidden. */
  readable: Set<string>;
}

/** Notes what the members of an answer show to be readable. Before they are mapped. */
export function noteReadable(members: readonly Member[], readable: Set<string>): void {
  for (const member of members) {
    for (const name of HIDEABLE) if (isText(member[name])) readable.add(name);
    for (const [name, value] of attributesOf(member) ?? []) if (value !== '') readable.add(attributeKey(name));
  }
}

/** A member as a record. What the secret may not read is absent, never empty. Status 5 is somebody who left the company. */
export function userRecord(member: Member, mapping: MemberMapping): UserRecord {
  const { userid, status } = member;
  if (status === LEFT) return { uid: userid, isDeleted: true };
  const record: UserRecord = {
    uid: userid,
    ...(isText(member['name']) && { nickname: member['name'] }),
    ...hideable('email', ['email', 'biz_mail'], member, mapping.readable),
    ...hideable('phone', ['mobile'], member, mapping.readable),
    ...text('alias', member),
    ...text('position', member),
    ...text('telephone', member),
    ...managerOf(member),
    ...((status === 1 || status === 4) && { isDisabled: false }),
    ...(status === 2 && { isDisabled: true }),
    ...(!PRESENT.has(status) && { isDeleted: 'unknown' as const }),
    ...departmentsOf(member, mapping),
  };
  return { ...record, ...mapped(member, mapping, record) };
}

/** Somebody of whom ids are all that can be known: theirs, and those of their departments. `joined`: and that they joined. */
export function idRecord(userid: string, departments: readonly number[], scope: Scope, joined = false): UserRecord {
  const life = joined ? {} : { isDeleted: 'unknown' as const };
  return {
    uid: userid,
    ...life,
    departments: departments.filter((id) => scope.has(id)).map(withoutFlags),
  };
}

/** Somebody whom the app could describe, and does not show: they exist, or left, and stay as they are. */
export const hiddenRecord = (userid: string): UserRecord => ({ uid: userid, isDeleted: 'unknown' });

const withoutFlags = (id: number): { uid: string; flags: 'unknown' } => ({ uid: String(id), flags: 'unknown' });

function text(name: 'alias' | 'position' | 'telephone', member: Member): Partial<UserRecord> {
  const value = member[name];
  return typeof value === 'string' ? { [name]: value.trim() === '' ? null : value } : {};
}

/** The first of some fields that is filled; null when they are empty and could be read. */
function hideable(
  field: 'email' | 'phone',
  names: readonly (typeof HIDEABLE)[number][],
  member: Member,
  readable: ReadonlySet<string>,
): Partial<UserRecord> {
  for (const name of names) {
    const value = member[name];
    if (isText(value)) return { [field]: value.trim() };
  }
  const emptied = names.every((name) => member[name] === undefined || member[name] === '');
  const could = names.some((name) => member[name] === '' && readable.has(name));
  return emptied && could ? { [field]: null } : {};
}

/** WeCom allowed several leaders once; the first one is the manager. */
function managerOf(member: Member): Partial<UserRecord> {
  const leaders = member['direct_leader'];
  return Array.isArray(leaders) ? { managerUid: leaders.find(isText) ?? null } : {};
}

/**
 * The departments in WeCom's order, those that only contacts sync knows behind them. A list that the visible range left
 * empty says nothing: nobody is taken out of a department because of it. Flags that are not given are not false.
 */
function departmentsOf(member: Member, { scope, elsewhere, cut }: MemberMapping): Partial<UserRecord> {
  const listed = Array.isArray(member['department']) ? (member['department'] as unknown[]) : [];
  const leads = Array.isArray(member['is_leader_in_dept']) ? (member['is_leader_in_dept'] as unknown[]) : undefined;
  const main = member['main_department'];
  const departments: Exclude<DepartmentReference, string>[] = [];
  const seen = new Set<number>();
  const add = (id: unknown, flags: (uid: number) => Exclude<DepartmentReference, string>): void => {
    if (!isId(id) || seen.has(id) || !scope.has(id)) return;
    seen.add(id);
    departments.push(flags(id));
  };
  const flagged = (index: number) => (id: number) =>
    leads || isId(main)
      ? {
          uid: String(id),
          ...(Number(leads?.[index]) === 1 && { isOwner: true }),
          ...(id === main && { isMain: true }),
        }
      : withoutFlags(id);
  for (const [index, id] of listed.entries()) add(id, flagged(index));
  for (const id of elsewhere(member.userid)) add(id, withoutFlags);
  return departments.length > 0 ? { departments, ...(cut && { departmentsSeen: 'part' as const }) } : {};
}

/** What the attributes that an admin named fill. An empty one leaves a field to what WeCom itself says of it (`said`). */
function mapped(member: Member, { attributes, readable }: MemberMapping, said: UserRecord): Partial<UserRecord> {
  const values = attributesOf(member);
  if (!values) return {};
  const fields: Record<string, unknown> = {};
  for (const { name, field } of attributes) {
    const value = values.get(name)?.trim();
    if (value) fields[field] = value;
    else if ((value === '' || readable.has(attributeKey(name))) && !(field in said)) fields[field] = null;
  }
  return fields;
}

const attributeKey = (name: string): string => `attribute ${name}`;

/** The values of a member's attributes by name; undefined when the secret may not read them. */
function attributesOf(member: Member): Map<string, string> | undefined {
  const extattr = member['extattr'];
  const list: unknown = isAnswer(extattr) ? extattr['attrs'] : undefined;
  if (!Array.isArray(list)) return undefined;
  return new Map(
    list.filter(isAnswer).flatMap((attribute) => {
      const { name } = attribute;
      return isText(name) ? [[name, valueOf(attribute)] as const] : [];
    }),
  );
}

/** Type 0 is text, 1 a web page, 2 a mini program; older answers have `value` beside or instead. */
function valueOf(attribute: Answer): string {
  const inner = (kind: string, name: string): unknown => {
    const value = attribute[kind];
    return isAnswer(value) ? value[name] : undefined;
  };
  const value = [inner('text', 'value'), inner('web', 'url'), inner('miniprogram', 'title'), attribute['value']];
  return (value.find((candidate) => typeof candidate === 'string' && candidate !== '') as string | undefined) ?? '';
}
