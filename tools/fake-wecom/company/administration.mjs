import { ApiError } from '../api/errors.mjs';
import { keyOf } from './company.mjs';
import { aligned, completeMember } from './member.mjs';

const MAX_LEVEL = 15;
const MAX_ORDER = 2 ** 32 - 1;
const MAX_DEPARTMENTS = 100;
const USERID = /^[A-Za-z0-9][A-Za-z0-9_\-@.]{0,63}$/;
/** What a program may not call a department. The console is not asked: names with `<` are worth having. */
const BAD_NAME = /[\\:*?"<>|]/;

/**
 * What an admin does in the console (`by` is `admin`) and a program with the contacts-sync secret (`api`). Checks as the
 * vendor does, throws its errors, and tells listeners `{ kind, before?, after?, by }`; kinds are `member added`, `member
 * updated`, `member deleted`, the same of `department`, and `tag updated`.
 */
export class Administration {
  #company;
  #listeners = [];

  constructor(company) {
    this.#company = company;
  }

  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** Needs `userid` and `name`. */
  addMember(fields, by = 'admin') {
    if (!USERID.test(fields.userid ?? '')) throw new ApiError(40003);
    if (this.#company.member(fields.userid)) throw new ApiError(60102);
    const member = this.#checked(completeMember(fields));
    this.#company.putMember(member);
    return this.#tell({ kind: 'member added', after: member, by });
  }

  /** Any field of a member; `new_userid` gives another userid. */
  updateMember(userid, { new_userid: newUserid, ...patch }, by = 'admin') {
    const before = this.member(userid);
    if (newUserid !== undefined && !USERID.test(newUserid)) throw new ApiError(40003);
    const department = patch.department ?? before.department;
    const main = patch.main_department ?? before.main_department;
    const after = this.#checked(
      completeMember({
        ...before,
        order: aligned(department, before.department, before.order),
        is_leader_in_dept: aligned(department, before.department, before.is_leader_in_dept),
        ...patch,
        userid: newUserid ?? before.userid,
        main_department: department.includes(main) ? main : department[0],
      }),
      before,
    );
    this.#company.putMember(after, before.userid);
    if (after.userid !== before.userid) this.#renameReferences(before.userid, after.userid);
    return this.#tell({ kind: 'member updated', before, after, by });
  }

  moveMember(userid, departments, by) {
    return this.updateMember(userid, { department: departments }, by);
  }

  renameMember(userid, name, by) {
    return this.updateMember(userid, { name }, by);
  }

  disableMember(userid, by) {
    return this.updateMember(userid, { status: 2 }, by);
  }

  enableMember(userid, by) {
    return this.updateMember(userid, { status: 1 }, by);
  }

  changeUserid(userid, newUserid, by) {
    return this.updateMember(userid, { new_userid: newUserid }, by);
  }

  deleteMember(userid, by = 'admin') {
    const before = this.member(userid);
    this.#company.removeMember(userid);
    this.#renameReferences(before.userid, undefined);
    return this.#tell({ kind: 'member deleted', before, by });
  }

  /** Needs `name` and `parentid`; the id is the next free one when absent. */
  addDepartment({ id, ...fields }, by = 'admin') {
    const ids = this.#company.departments().map((department) => department.id);
    if (id !== undefined && this.#company.department(id)) throw new ApiError(60008);
    const department = { id: id ?? nextId(ids), department_leader: [], order: 0, ...fields };
    this.#checkDepartment(department, by);
    this.#company.putDepartment(department);
    return this.#tell({ kind: 'department added', after: department, by });
  }

  /** `name`, `name_en`, `parentid`, `order`, `department_leader`. */
  updateDepartment(id, patch, by = 'admin') {
    const before = this.#department(id);
    const after = { ...before, ...patch, id: before.id };
    if (after.parentid !== before.parentid && before.parentid === 0) throw new ApiError(60010);
    this.#checkDepartment(after, by);
    this.#company.putDepartment(after);
    return this.#tell({ kind: 'department updated', before, after, by });
  }

  moveDepartment(id, parentid, by) {
    return this.updateDepartment(id, { parentid }, by);
  }

  renameDepartment(id, name, by) {
    return this.updateDepartment(id, { name }, by);
  }

  /** Only one without members and departments. */
  deleteDepartment(id, by = 'admin') {
    const before = this.#department(id);
    if (before.parentid === 0) throw new ApiError(60007);
    if (this.#company.children(id).length > 0) throw new ApiError(60006);
    if (this.#company.membersOf(id).length > 0) throw new ApiError(60005);
    this.#company.removeDepartment(id);
    return this.#tell({ kind: 'department deleted', before, by });
  }

  /** Makes a tag, or gives it other members: `{ tagid, tagname?, userlist?, partylist? }`, userids and department ids. */
  putTag({ tagid, ...fields }, by = 'admin') {
    const before = this.#company.tag(tagid);
    const after = { tagid, tagname: `Tag ${tagid}`, userlist: [], partylist: [], ...before, ...fields };
    for (const userid of after.userlist) this.member(userid);
    for (const id of after.partylist) this.#department(id);
    this.#company.putTag(after);
    return this.#tell({ kind: 'tag updated', before, after, by });
  }

  deleteTag(tagid) {
    if (!this.#company.tag(tagid)) throw new ApiError(40068);
    this.#company.removeTag(tagid);
  }

  /** One member, or the error that there is none. */
  member(userid) {
    const member = this.#company.member(userid);
    if (!member) throw new ApiError(60111);
    return member;
  }

  #department(id) {
    const department = this.#company.department(id);
    if (!department) throw new ApiError(60003);
    return department;
  }

  #checked(member, before) {
    if (!member.name) throw new ApiError(60112);
    if (member.department.length > MAX_DEPARTMENTS) throw new ApiError(60110);
    if (!member.department.every((id) => this.#company.department(id))) throw new ApiError(60123);
    const other = this.#company.member(member.userid);
    if (other && other !== before) throw new ApiError(60102);
    for (const [name, errcode] of Object.entries({ mobile: 60104, email: 60106 })) {
      const owner = member[name] && this.#company.ownerOf(name, member[name]);
      if (owner && owner !== before) throw new ApiError(errcode);
    }
    return member;
  }

  #checkDepartment({ id, name, parentid, order }, by) {
    if (!name || (by === 'api' && BAD_NAME.test(name))) throw new ApiError(60009);
    if (!Number.isInteger(order) || order < 0 || order > MAX_ORDER) throw new ApiError(40058);
    if (this.#company.department(id)?.parentid === 0) return;
    if (!this.#company.department(parentid)) throw new ApiError(60004);
    if (this.#company.subtree(id).includes(parentid)) throw new ApiError(60010);
    const lowest = Math.max(...this.#company.subtree(id).map((each) => this.#company.level(each)));
    const height = lowest ? lowest - this.#company.level(id) : 0;
    if (this.#company.level(parentid) + 1 + height > MAX_LEVEL) throw new ApiError(60010);
    const siblings = this.#company.children(parentid).map((each) => this.#company.department(each));
    if (siblings.some((sibling) => sibling.id !== id && sibling.name === name)) throw new ApiError(60008);
  }

  /** Leaders are kept by userid: they follow, or go. */
  #renameReferences(userid, newUserid) {
    const key = keyOf(userid);
    const replaced = (leaders) => leaders.flatMap((each) => (keyOf(each) === key ? (newUserid ?? []) : each));
    for (const member of this.#company.followersOf(userid)) {
      this.#company.putMember({ ...member, direct_leader: replaced(member.direct_leader) });
    }
    for (const department of this.#company.ledBy(userid)) {
      this.#company.putDepartment({ ...department, department_leader: replaced(department.department_leader) });
    }
    for (const tag of this.#company.tags()) {
      if (tag.userlist.some((each) => keyOf(each) === key)) {
        this.#company.putTag({ ...tag, userlist: replaced(tag.userlist) });
      }
    }
  }

  #tell(change) {
    for (const listener of this.#listeners) listener(change);
    return change.after;
  }
}

function nextId(ids) {
  return ids.reduce((highest, id) => (id < 1_000_000 ? Math.max(highest, id) : highest), 0) + 1;
}
