import type { DataType } from '@rollcall/core';
import type { Fields } from './directory-model';
import type { Random } from './random';

const DEPARTMENTS = ['d0', 'd1', 'd2', 'd3'];
/** Everybody whom both sources know from the beginning. */
export const SHARED_PEOPLE = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'];

export interface RandomRecord {
  uid: string;
  fields: Fields;
}

/** How things are in one source: people and departments that come, go and change at random. */
export class RandomWorld {
  readonly user = new Map<string, Fields>();
  readonly department = new Map<string, Fields>();
  private readonly known: Record<DataType, string[]>;
  private serial = 0;

  /** `newcomers`: people whom only this source ever knows. */
  constructor(
    private readonly name: string,
    private readonly random: Random,
    newcomers: readonly string[],
  ) {
    this.known = { user: [...SHARED_PEOPLE, ...newcomers], department: [...DEPARTMENTS] };
    // By the e-mail address Rollcall finds out that both mean the same person.
    for (const uid of SHARED_PEOPLE) this.user.set(uid, { ...this.person(uid), email: `${uid}@example.com` });
    for (const uid of random.some(DEPARTMENTS, 0.7)) this.department.set(uid, this.newDepartment(uid));
    if (this.department.size === 0) this.department.set('d0', this.newDepartment('d0'));
  }

  uids(dataType: DataType): readonly string[] {
    return this.known[dataType];
  }

  /** Somebody or something gets a uid that was never used. Returns it. */
  rename(dataType: DataType, uid: string): string {
    const now = `${uid}x`;
    this.known[dataType] = this.known[dataType].map((one) => (one === uid ? now : one));
    const fields = this[dataType].get(uid);
    if (fields) this[dataType].set(now, fields);
    this[dataType].delete(uid);
    return now;
  }

  /** Somebody is hired, moves, is renamed, gets another manager, leaves or comes back; a department likewise. */
  change(): void {
    const { random } = this;
    for (const uid of random.some(this.known.user, 0.3)) {
      const person = this.user.get(uid);
      if (person && this.user.size > 2 && random.chance(0.3)) this.user.delete(uid);
      else if (person)
        this.user.set(uid, { ...person, ...Object.fromEntries(random.some(Object.entries(this.person(uid)), 0.3)) });
      else this.user.set(uid, this.person(uid));
    }
    for (const uid of random.some(this.known.department, 0.25)) {
      if (this.department.size > 1 && this.department.has(uid) && random.chance(0.4)) this.department.delete(uid);
      else this.department.set(uid, this.newDepartment(uid));
    }
  }

  /** Two people come to have the same name, or swap theirs. Returns the names that are in wrong hands now. */
  confuseNames(): string[] {
    const { random } = this;
    const field = random.pick(['username', 'email']);
    const there = SHARED_PEOPLE.filter((uid) => this.user.has(uid));
    if (there.length < 2) return [];
    const one = random.pick(there);
    const other = random.pick(there.filter((uid) => uid !== one));
    const [ones = {}, others = {}] = [this.user.get(one), this.user.get(other)];
    this.user.set(one, { ...ones, [field]: others[field] });
    if (random.chance(0.5)) this.user.set(other, { ...others, [field]: ones[field] });
    return [String(ones[field]), String(others[field])];
  }

  /** Whoever has one of these names gets a new one. */
  renameAway(names: ReadonlySet<string>): void {
    for (const [uid, person] of this.user) {
      if (names.has(String(person['username']))) person['username'] = this.username(uid);
      if (names.has(String(person['email']))) person['email'] = this.email(uid);
    }
  }

  /** No two people ever get the same name here, nor one person the same twice. */
  private username(uid: string): string {
    return `${uid}-${this.name}-${this.serial++}`;
  }

  private email(uid: string): string {
    return `${this.username(uid)}@example.com`;
  }

  private person(uid: string): Fields {
    const { random } = this;
    return {
      username: this.username(uid),
      email: this.email(uid),
      nickname: random.chance(0.3) ? null : `N${random.below(4)}`,
      desk: random.chance(0.5) ? null : `D${random.below(3)}`,
      managerUid: random.chance(0.4) ? null : random.pick(this.known.user),
      isDisabled: random.pick([null, null, null, false, true]),
      departments: this.memberships(),
    };
  }

  private memberships(): Fields[] | null {
    const { random } = this;
    const listed = random.shuffled(random.some(this.known.department));
    if (listed.length === 0) return random.chance(0.5) ? [] : null;
    const main = random.chance(0.3) ? random.pick(listed) : undefined;
    return listed.map((uid) => ({ uid, ...(uid === main && { isMain: true }) }));
  }

  /** Only a department before it can be the parent, so that there is no circle. */
  private newDepartment(uid: string): Fields {
    const { random } = this;
    const before = this.known.department.slice(0, this.known.department.indexOf(uid));
    return {
      title: `${uid} of ${this.name} ${random.below(3)}`,
      parentUid: before.length === 0 || random.chance(0.4) ? null : random.pick(before),
    };
  }
}
