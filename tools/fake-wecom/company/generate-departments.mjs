import { DEPARTMENT_KINDS, DEPARTMENT_WORDS } from './names.mjs';

const MAX_ORDER = 2 ** 32 - 1;
const MAX_LEVEL = 15;
/** From so many departments on there is room for the peculiar ones. */
const ROOM = 6;

/** A tree below the root with the peculiar departments of `generateCompany`, parents before their children. */
export function generateDepartments(count, rootName, random) {
  const tree = new Tree(rootName, random);
  const notable = {};
  if (count >= ROOM) {
    notable.hiddenDepartment = tree.add('未公开', 1);
    notable.emptyDepartment = tree.add('空部门', 1);
    notable.oddDepartment = tree.add('R&D ]]> <实验室> 🚀', 1);
    notable.namedLikeRoot = tree.add(rootName, notable.oddDepartment);
  }
  const levels = Math.min(MAX_LEVEL, 2 + Math.floor(count / 4), count - tree.size + 1);
  let last = 1;
  for (let level = 2; level <= levels && tree.size < count; level++) last = tree.addNamed(last);
  notable.deepestDepartment = last;
  const closed = new Set(Object.values(notable));
  while (tree.size < count) tree.addNamed(tree.pickParent(closed));
  notable.openDepartments = tree.departments
    .filter(({ id, parentid }) => parentid === 1 && id !== notable.hiddenDepartment)
    .map(({ id }) => id);
  return { departments: tree.departments, notable };
}

class Tree {
  departments = [];
  #random;
  #levels = new Map();
  #taken = new Set();
  #nextId = 1;

  constructor(rootName, random) {
    this.#random = random;
    this.add(rootName, 0);
  }

  get size() {
    return this.departments.length;
  }

  add(name, parentid) {
    const id = this.#newId();
    const order = this.size % 40 === 2 ? MAX_ORDER : this.#random.below(100_000_000);
    const english = this.#random.chance(0.2) ? { name_en: `Department ${id}` } : {};
    this.departments.push({ id, name, ...english, parentid, order, department_leader: [] });
    this.#levels.set(id, (this.#levels.get(parentid) ?? 0) + 1);
    this.#taken.add(`${parentid}/${name}`);
    return id;
  }

  /** With a name that no sibling has. */
  addNamed(parentid) {
    const name = this.#random.pick(DEPARTMENT_WORDS) + this.#random.pick(DEPARTMENT_KINDS);
    let free = name;
    for (let n = 2; this.#taken.has(`${parentid}/${free}`); n++) free = `${name}${n}`;
    return this.add(free, parentid);
  }

  /** Rather high up, as in most companies. */
  pickParent(closed) {
    for (;;) {
      const { id } = this.departments[this.#random.below(Math.ceil(this.size * this.#random.next()))];
      if (!closed.has(id) && this.#levels.get(id) < MAX_LEVEL) return id;
    }
  }

  /** The root is 1; others have gaps between them, and one is beyond 2^31. */
  #newId() {
    const id = this.#nextId;
    this.#nextId += id > 1 && this.#random.chance(0.1) ? 1 + this.#random.below(5) : 1;
    return this.size === 7 ? 4_000_000_001 : id;
  }
}
