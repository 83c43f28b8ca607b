import { isDeepStrictEqual } from 'node:util';
import { expectedDepartments, expectedUser, type ExpectedUser, type SourceModel } from './directory-model';
import type { Tables, UserRow } from './directory-tables';

/** What may be asked of the tables. */
export interface Strictness {
  /**
   * Every source was read in full since the last change: a manager who falls to another source, and a deletion that
   * waited for other sources, have arrived (ADR 20).
   */
  settled: boolean;
  /** Nothing failed since the last look: what nobody states any more stands as it stood then. */
  calm: boolean;
}

interface Person extends Omit<ExpectedUser, 'memberships' | 'statedBy' | 'mayBeDeleted' | 'missingIn'> {
  memberships: { department: string; flagged: boolean }[];
  main: string | null;
}

/** Compares the tables with what the model says, and remembers what stood there. */
export class DirectoryCheck {
  private readonly ids = new Map<string, number>();
  private readonly before = new Map<string, Person>();
  private readonly statedBy = new Map<string, string[]>();
  private departments: ReadonlySet<string> = new Set();

  constructor(private readonly sources: readonly SourceModel[]) {}

  check(tables: Tables, strictness: Strictness): void {
    const ids = this.identify(tables);
    expect(tables.users.size).toBe(ids.size);
    const names = new Map([...ids].map(([is, id]) => [id, is]));
    const departments = expectedDepartments(this.sources);
    const came = Object.keys(departments).some((name) => !this.departments.has(name));
    for (const [is, id] of ids) {
      const row = tables.users.get(id);
      if (!row) throw new Error(`${is} is linked to user ${id}, who does not exist.`);
      const shown = shownAs(row, names);
      const expected = this.expected(is, shown, tables, { ...strictness, came });
      expect({ is, ...view(shown, strictness) }).toEqual({ is, ...view(expected, strictness) });
      this.before.set(is, shown);
    }
    expect(departmentsOf(tables)).toEqual(departments);
    this.departments = new Set(Object.keys(departments));
  }

  /** One user for each person, in all sources and for ever. */
  private identify(tables: Tables): Map<string, number> {
    const ids = new Map<string, number>();
    for (const { name, user } of this.sources) {
      for (const [uid, { is, gone }] of user) {
        const id = tables.links.user.get(`${name}/${uid}`);
        if (id === undefined) {
          if (gone === null) throw new Error(`${name} states ${uid}, and no user stands for that.`);
          continue;
        }
        expect([is, id]).toEqual([is, this.ids.get(is) ?? id]);
        this.ids.set(is, id);
        ids.set(is, id);
      }
    }
    expect(new Set(ids.values()).size).toBe(ids.size);
    return ids;
  }

  private expected(is: string, shown: Person, tables: Tables, { calm, came }: Strictness & { came: boolean }): Person {
    const { statedBy, mayBeDeleted, missingIn, ...expected } = expectedUser(this.sources, is, ({ name }, uid) =>
      tables.links.user.has(`${name}/${uid}`),
    );
    const kept = calm ? this.before.get(is) : shown;
    const values = Object.fromEntries(
      Object.entries(expected.values).map(([field, value]) => [
        field,
        value === undefined ? (kept?.values[field as keyof Person['values']] ?? null) : value,
      ]),
    ) as Person['values'];
    const manager = expected.manager === undefined ? (kept?.manager ?? null) : expected.manager;
    const stood = ({ department }: { department: string }): boolean =>
      missingIn.includes(department.slice(0, department.indexOf('/')));
    const memberships = [
      ...expected.memberships
        .filter(({ mayLack, department }) =>
          mayLack ? calm && shown.memberships.some((one) => one.department === department) : true,
        )
        .map(({ department, flagged }) => ({ department, flagged })),
      // What an earlier task was to change, and did not, stands as it stood when they were missed.
      ...(calm ? [] : shown.memberships.filter(stood)),
    ].sort((a, b) => (a.department < b.department ? -1 : 1));
    // Somebody who was deleted, and whose coming back failed, stays deleted when they are missing then.
    const staysDeleted = statedBy.length === 0 && kept?.status === 'deleted';
    const isDeleted = staysDeleted || (mayBeDeleted && shown.status === 'deleted');
    const status = isDeleted ? 'deleted' : expected.status;
    const statedAsBefore = isDeepStrictEqual(statedBy, this.statedBy.get(is));
    this.statedBy.set(is, statedBy);
    const main = mainOf(memberships, shown, statedAsBefore && !came ? kept : undefined);
    return { ...expected, status, values, manager, memberships, main };
  }
}

/**
 * One of the flagged departments, else of all (rule 14). Which of them is not said here, except that it does not change
 * while they do not, and nobody came or let go, nor any department: one may come back in the read in which whoever flagged it
 * goes, or flags it no more.
 */
function mainOf(memberships: Person['memberships'], shown: Person, before: Person | undefined): string | null {
  const flagged = memberships.filter((membership) => membership.flagged);
  const eligible = (flagged.length > 0 ? flagged : memberships).map(({ department }) => department);
  const same = JSON.stringify(memberships) === JSON.stringify(before?.memberships);
  if (same) return before?.main ?? null;
  return shown.main !== null && eligible.includes(shown.main) ? shown.main : (eligible[0] ?? null);
}

function shownAs({ values, status, managerId, memberships }: UserRow, names: ReadonlyMap<number, string>): Person {
  const mains = memberships.filter(({ main }) => main);
  if (mains.length > 1) throw new Error(`Two main departments: ${JSON.stringify(mains)}`);
  return {
    values,
    status,
    manager: managerId === null ? null : (names.get(managerId) ?? `unknown user ${managerId}`),
    memberships: memberships
      .map(({ department, flagged }) => ({ department, flagged }))
      .sort((a, b) => (a.department < b.department ? -1 : 1)),
    main: mains[0]?.department ?? null,
  };
}

/** As much of a person as may be compared. */
function view(person: Person, { settled }: Strictness): object {
  if (settled) return person;
  const { manager: _, status, ...rest } = person;
  return { ...rest, status: status === 'active' ? status : 'not active' };
}

function departmentsOf({ departments, links }: Tables): ReturnType<typeof expectedDepartments> {
  const names = new Map([...links.department].map(([name, id]) => [id, name]));
  const nameOf = (id: number): string => names.get(id) ?? `unknown department ${id}`;
  return Object.fromEntries(
    [...departments.values()].map(({ id, title, parentId }) => [
      nameOf(id),
      { title, parent: parentId === null ? null : nameOf(parentId) },
    ]),
  );
}
