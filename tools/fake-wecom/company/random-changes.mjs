import { FAMILY, GIVEN } from './names.mjs';

/** How often each kind happens, of a hundred. */
const SHARES = {
  move: 30,
  rename: 20,
  add: 15,
  delete: 10,
  disable: 5,
  enable: 5,
  userid: 5,
  moveDepartment: 5,
  addDepartment: 5,
};

/** Of who has this status nobody changes anything any more. */
const LEFT = 5;

/** A share of those who join or get another userid get one that somebody had before. */
const REUSED = 0.3;

/** Does something that happens in a company, at random; for demos and for storms of callbacks. */
export class RandomChanges {
  #company;
  #administration;
  #random;
  #made = 0;
  /** Userids of people who left; and those that somebody gave up for another one. Each is used once more. */
  #leavers = [];
  #givenUp = [];

  constructor(company, administration, random) {
    this.#company = company;
    this.#administration = administration;
    this.#random = random;
  }

  /** Returns `[{ kind, id }]` in the order in which it happened. `kinds`: only these. */
  make(count, kinds = Object.keys(SHARES)) {
    for (const kind of kinds) if (!SHARES[kind]) throw new Error(`Kinds are ${Object.keys(SHARES).join(', ')}.`);
    const bag = kinds.flatMap((kind) => Array.from({ length: SHARES[kind] }, () => kind));
    // Lists are taken once: a burst of thousands on a large company would copy them as often.
    const here = this.#company.members().filter(({ status }) => status !== LEFT);
    const userids = here.map(({ userid }) => userid);
    const departments = this.#company.departments().map(({ id }) => id);
    return Array.from({ length: count }, () => this.#change(this.#random.pick(bag), userids, departments));
  }

  #change(kind, userids, departments) {
    this.#made++;
    const at = this.#random.below(userids.length);
    // Nobody is left who could be moved: somebody comes.
    if (kind === 'add' || userids.length < 2) return this.#add(userids, departments);
    if (kind === 'addDepartment') return this.#addDepartment(departments);
    if (kind === 'moveDepartment') return this.#moveDepartment(departments);
    const userid = userids[at];
    if (kind === 'move') {
      const count = this.#random.chance(0.2) ? 2 : 1;
      const to = [...new Set(Array.from({ length: count }, () => this.#random.pick(departments)))];
      this.#administration.moveMember(userid, to);
    } else if (kind === 'rename') {
      this.#administration.renameMember(userid, this.#name());
    } else if (kind === 'delete') {
      this.#administration.deleteMember(userid);
      userids.splice(at, 1);
      this.#leavers.push(userid);
    } else if (kind === 'disable') {
      this.#administration.disableMember(userid);
    } else if (kind === 'enable') {
      this.#administration.enableMember(userid);
    } else {
      const reused = this.#reuse(this.#leavers);
      // Whoever has it lives on in peace: WeCom tells times in seconds, so what comes next might as well have come before.
      if (reused) userids.splice(at, 1);
      else userids[at] = this.#newUserid('renamed');
      this.#administration.changeUserid(userid, reused ?? userids[at]);
      if (!/^(joined|renamed)/.test(userid)) this.#givenUp.push(userid);
    }
    return { kind, id: userid };
  }

  #add(userids, departments) {
    const reused = this.#reuse(this.#givenUp);
    const userid = reused ?? this.#newUserid('joined');
    this.#administration.addMember({
      userid,
      name: this.#name(),
      department: [this.#random.pick(departments)],
      email: `${userid}@example.com`,
      status: this.#random.chance(0.5) ? 1 : 4,
    });
    if (!reused) userids.push(userid);
    return { kind: 'add', id: userid };
  }

  #addDepartment(departments) {
    const parentid = this.#random.pick(departments.filter((id) => this.#company.level(id) < 10));
    const { id } = this.#administration.addDepartment({ name: `新部门 ${this.#newNumber('')}`, parentid });
    departments.push(id);
    return { kind: 'addDepartment', id };
  }

  /** To the root, or below another department that takes it. */
  #moveDepartment(departments) {
    const movable = departments.filter((id) => id !== 1);
    if (movable.length === 0) return this.#addDepartment(departments);
    const id = this.#random.pick(movable);
    const below = new Set(this.#company.subtree(id));
    const { name } = this.#company.department(id);
    const takes = (parentid) =>
      !below.has(parentid) &&
      this.#company.level(parentid) < 4 &&
      !this.#company.children(parentid).some((child) => this.#company.department(child).name === name);
    const parents = departments.filter(takes);
    if (parents.length === 0 || this.#height(id) > 10) return this.#addDepartment(departments);
    this.#administration.moveDepartment(id, this.#random.pick(parents));
    return { kind: 'moveDepartment', id };
  }

  #height(id) {
    return Math.max(...this.#company.subtree(id).map((each) => this.#company.level(each))) - this.#company.level(id);
  }

  #name() {
    return this.#random.pick(FAMILY).name + this.#random.pick(GIVEN).name;
  }

  #reuse(userids) {
    if (!this.#random.chance(REUSED)) return undefined;
    const userid = userids.shift();
    return userid !== undefined && !this.#company.member(userid) ? userid : undefined;
  }

  /** One that nobody has, nor had since the start. */
  #newUserid(prefix) {
    for (;;) {
      const userid = this.#newNumber(prefix);
      if (!this.#company.member(userid)) return userid;
    }
  }

  #newNumber(prefix) {
    return `${prefix}${this.#made}${this.#random.text(3, 'abcdefghjkmnpqrstuvwxyz')}`;
  }
}
