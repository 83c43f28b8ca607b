/** Fields of which nobody may have that of another. */
const UNIQUE = ['mobile', 'email'];

/**
 * What the corp knows: departments, members and tags in the vendor's own fields, and who is where. `Administration` is the
 * one who changes it; an object in here is never changed, only replaced.
 */
export class Company {
  /** Goes up with every change: what was worked out for one version holds while it stands. */
  version = 0;
  #departments = new Map();
  #children = new Map();
  #members = new Map();
  /** Department → keys of its direct members. */
  #staff = new Map();
  /** Key of a leader → keys of those who name it as direct leader, ids of departments that do. */
  #followers = new Map();
  #led = new Map();
  /** `mobile 138…`, `email a@…` → key of who has it. */
  #owners = new Map();
  #tags = new Map();

  /** `{ departments, members, tags? }`; every member and department complete, as `generateCompany` makes them. */
  constructor({ departments, members, tags = [] }) {
    for (const department of departments) this.putDepartment(department);
    for (const member of members) this.putMember(member);
    for (const tag of tags) this.putTag(tag);
  }

  departments() {
    return [...this.#departments.values()];
  }

  department(id) {
    return this.#departments.get(id);
  }

  /** Departments directly below. */
  children(id) {
    return [...(this.#children.get(id) ?? [])];
  }

  /** The department and all below it, ids. */
  subtree(id) {
    const ids = [id];
    for (let next = 0; next < ids.length; next++) ids.push(...(this.#children.get(ids[next]) ?? []));
    return ids;
  }

  /** 1 for the root. */
  level(id) {
    let level = 0;
    for (let at = this.#departments.get(id); at; at = this.#departments.get(at.parentid)) level++;
    return level;
  }

  members() {
    return [...this.#members.values()];
  }

  /** Upper or lower case is all the same in a userid. */
  member(userid) {
    return this.#members.get(keyOf(userid));
  }

  /** Direct members of a department. */
  membersOf(id) {
    return [...(this.#staff.get(id) ?? [])].map((key) => this.#members.get(key));
  }

  /** Members who name this one as their direct leader. */
  followersOf(userid) {
    return [...(this.#followers.get(keyOf(userid)) ?? [])].map((key) => this.#members.get(key));
  }

  /** Departments that name this one as their leader. */
  ledBy(userid) {
    return [...(this.#led.get(keyOf(userid)) ?? [])].map((id) => this.#departments.get(id));
  }

  /** Who has this `mobile` or `email`. */
  ownerOf(field, value) {
    return this.#members.get(this.#owners.get(`${field} ${value}`));
  }

  tags() {
    return [...this.#tags.values()];
  }

  tag(id) {
    return this.#tags.get(id);
  }

  putDepartment(department) {
    const { id, parentid } = department;
    const before = this.#departments.get(id);
    if (before) this.#forgetDepartment(before);
    this.#departments.set(id, department);
    if (parentid !== 0) addTo(this.#children, parentid, id);
    for (const userid of department.department_leader) addTo(this.#led, keyOf(userid), id);
    this.version++;
  }

  removeDepartment(id) {
    this.#forgetDepartment(this.#departments.get(id));
    this.#departments.delete(id);
    this.version++;
  }

  /** `before`: the userid until now, when it is another one. */
  putMember(member, before = member.userid) {
    const known = this.member(before);
    if (known) this.#forgetMember(known);
    if (keyOf(before) !== keyOf(member.userid)) this.#members.delete(keyOf(before));
    const key = keyOf(member.userid);
    this.#members.set(key, member);
    for (const id of member.department) addTo(this.#staff, id, key);
    for (const userid of member.direct_leader) addTo(this.#followers, keyOf(userid), key);
    for (const field of UNIQUE) if (member[field]) this.#owners.set(`${field} ${member[field]}`, key);
    this.version++;
  }

  removeMember(userid) {
    this.#forgetMember(this.member(userid));
    this.#members.delete(keyOf(userid));
    this.version++;
  }

  putTag(tag) {
    this.#tags.set(tag.tagid, tag);
    this.version++;
  }

  removeTag(id) {
    this.#tags.delete(id);
    this.version++;
  }

  #forgetDepartment({ id, parentid, department_leader: leaders }) {
    this.#children.get(parentid)?.delete(id);
    for (const userid of leaders) this.#led.get(keyOf(userid))?.delete(id);
  }

  #forgetMember(member) {
    const key = keyOf(member.userid);
    for (const id of member.department) this.#staff.get(id)?.delete(key);
    for (const userid of member.direct_leader) this.#followers.get(keyOf(userid))?.delete(key);
    for (const field of UNIQUE) this.#owners.delete(`${field} ${member[field]}`);
  }
}

export function keyOf(userid) {
  return String(userid).toLowerCase();
}

function addTo(map, key, value) {
  if (!map.has(key)) map.set(key, new Set());
  map.get(key).add(value);
}
