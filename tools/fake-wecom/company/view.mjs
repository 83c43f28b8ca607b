import { ApiError } from '../api/errors.mjs';
import { keyOf } from './company.mjs';
import { memberAnswer } from './member.mjs';

/** The corp as one secret sees it. Made for one version of the company and one state of the switches. */
class View {
  #company;
  #values;
  #kind;
  /** Undefined: all of them. */
  #departments;
  #picked = new Set();

  constructor(company, values, kind) {
    this.#company = company;
    this.#values = values;
    this.#kind = kind;
    if (kind === 'contacts') return;
    const { departments, users, tags } = values.visibleRange;
    const chosen = tags.map((id) => company.tag(id)).filter(Boolean);
    const roots = [...departments, ...chosen.flatMap((tag) => tag.partylist)];
    this.#departments = new Set(roots.filter((id) => company.department(id)).flatMap((id) => company.subtree(id)));
    for (const userid of [...users, ...chosen.flatMap((tag) => tag.userlist)]) this.#picked.add(keyOf(userid));
  }

  seesDepartment = (id) => (this.#departments ? this.#departments.has(id) : Boolean(this.#company.department(id)));

  sees(member) {
    if (member.status === 5 && this.#values.leftMembers === 'hidden') return false;
    if (!this.#departments || this.#picked.has(keyOf(member.userid))) return true;
    return member.department.some((id) => this.#departments.has(id));
  }

  /** All that are visible, or those of a subtree. */
  departments(below) {
    if (below === undefined) return this.#company.departments().filter(({ id }) => this.seesDepartment(id));
    this.checkDepartment(below);
    return this.#company.subtree(below).map((id) => this.#company.department(id));
  }

  /** The department, or the error that says why there is none. */
  checkDepartment(id) {
    const department = this.#company.department(id);
    if (!department) throw new ApiError(60003);
    if (!this.seesDepartment(id)) throw new ApiError(60011);
    return department;
  }

  members() {
    return this.#company.members().filter((member) => this.sees(member));
  }

  /** Direct members of a department, or of its whole subtree. */
  membersOf(id, withChildren = false) {
    this.checkDepartment(id);
    const ids = withChildren ? this.#company.subtree(id) : [id];
    const found = ids.flatMap((each) => this.#company.membersOf(each)).filter((member) => this.sees(member));
    return withChildren ? [...new Set(found)] : found;
  }

  /** The member, or the error of one who is not there or not visible: from outside they look alike. */
  checkMember(userid) {
    const member = this.#company.member(userid);
    if (!member) throw new ApiError(60111);
    if (!this.sees(member)) throw new ApiError(this.#values.outsideRangeErrcode);
    return member;
  }

  /** The full member object. */
  details(member) {
    const reduced = this.#kind === 'app' && this.#values.appCreated === 'after';
    return memberAnswer(member, this.seesDepartment, reduced, this.#values.hiddenFields);
  }

  /** The few fields of user/simplelist and export/simple_user. */
  brief({ userid, name, department }) {
    return { userid, name, department: department.filter(this.seesDepartment) };
  }
}

/** Views of both secrets, made anew when the company or a switch changed. */
export class Views {
  #company;
  #settings;
  #made = new Map();

  constructor(company, settings) {
    this.#company = company;
    this.#settings = settings;
  }

  of(kind) {
    const { values } = this.#settings;
    const known = this.#made.get(kind);
    if (known && known.version === this.#company.version && known.values === values) return known.view;
    const view = new View(this.#company, values, kind);
    this.#made.set(kind, { view, values, version: this.#company.version });
    return view;
  }
}
