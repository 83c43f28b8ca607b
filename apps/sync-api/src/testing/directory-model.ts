import type { DataType } from '@rollcall/core';

export type Fields = Record<string, unknown>;

/** Fields that several sources state together, in the order of a user's row. */
export const SHARED_FIELDS = ['username', 'email', 'nickname', 'desk'] as const;

/** One record, as it was told. */
export interface Told {
  /** Whom or what it stands for, in all sources. */
  readonly is: string;
  uid: string;
  /** Every field that it ever stated: its last value, null when it was cleared, and when that changed. */
  readonly fields: Map<string, { value: unknown; at: number }>;
  /** How and when it left. */
  gone: { how: 'deleted' | 'missing'; at: number } | null;
  /** The last time that it came back, and since when it had been away. */
  back: { at: number; since: number } | null;
}

/** What Rollcall was told by one source: the last word on every record, whatever way it came. */
export class SourceModel {
  readonly user = new Map<string, Told>();
  readonly department = new Map<string, Told>();
  priority = 100;
  /** Uids that were given up for others. */
  private readonly renamed = { user: new Map<string, string>(), department: new Map<string, string>() };

  constructor(readonly name: string) {}

  /** Whom a uid means, also one that was given up (rule 11). */
  find(dataType: DataType, uid: unknown): Told | undefined {
    if (typeof uid !== 'string') return undefined;
    return this[dataType].get(uid) ?? this.find(dataType, this.renamed[dataType].get(uid));
  }

  isThere(dataType: DataType, uid: unknown): boolean {
    return this.find(dataType, uid)?.gone === null;
  }

  /** The record is there; what it does not carry is kept (rule 3). `now` grows from one task to the next. */
  state(dataType: DataType, uid: string, carried: Fields, now: number): void {
    const told = this[dataType].get(uid) ?? { is: uid, uid, fields: new Map(), gone: null, back: null };
    this[dataType].set(uid, told);
    if (told.gone) told.back = { at: now, since: told.gone.at };
    told.gone = null;
    for (const [field, value] of Object.entries(carried)) {
      const before = told.fields.get(field)?.value ?? null;
      if (JSON.stringify(before) !== JSON.stringify(value)) told.fields.set(field, { value, at: now });
    }
  }

  /** The record was deleted; of an unknown one nothing is kept. */
  remove(dataType: DataType, uid: string, now: number): void {
    const told = this[dataType].get(uid);
    if (told && told.gone?.how !== 'deleted') told.gone = { how: 'deleted', at: now };
  }

  /** The record has another uid from now on. */
  rename(dataType: DataType, from: string, to: string): void {
    const told = this[dataType].get(from);
    if (!told || this[dataType].has(to)) return;
    this[dataType].delete(from);
    this[dataType].set(to, told);
    this.renamed[dataType].set(from, to);
    told.uid = to;
  }

  /** A complete read saw nobody else (rule 4); who was deleted before stays deleted. */
  onlySaw(dataType: DataType, uids: ReadonlySet<string>, now: number): void {
    for (const [uid, told] of this[dataType]) if (!uids.has(uid)) told.gone ??= { how: 'missing', at: now };
  }
}

export interface ExpectedMembership {
  /** Of the department's source: `source/department`. */
  department: string;
  flagged: boolean;
  /** It stays if it was there when the record left; what comes later is not applied to it. */
  mayLack: boolean;
}

/** A user as the tables are to show it; names stand for ids. */
export interface ExpectedUser {
  status: 'active' | 'disabled' | 'deleted';
  /** The sources that state the person. */
  statedBy: string[];
  /** The person may just as well be deleted: whether a deletion was applied before they came back is not said here. */
  mayBeDeleted: boolean;
  /** Undefined: nobody who is there has a say, so whatever stands there stays. */
  values: Record<(typeof SHARED_FIELDS)[number], unknown>;
  manager: string | null | undefined;
  memberships: ExpectedMembership[];
  /** Sources that state the person no more, and let all that they attached stay. */
  missingIn: string[];
}

interface Statement extends Told {
  source: SourceModel;
}

/**
 * What the rules make of all that was told of one person. Only records that are there have a say (rule 10): of those
 * that state a field the source with the highest priority wins, between equals the last change (rule 9, ADR 20). What
 * those who are there stated once, and state no more, is cleared. When nobody is there any more the strictest leaving
 * counts: deleted people are deleted, missing ones disabled (rule 12). A deletion that was applied before somebody came
 * back is spent.
 */
export function expectedUser(
  sources: readonly SourceModel[],
  is: string,
  isMade: (source: SourceModel, uid: string) => boolean,
): ExpectedUser {
  const told: Statement[] = sources.flatMap((source) =>
    [...source.user.values()].filter((record) => record.is === is).map((record) => ({ ...record, source })),
  );
  const live = told.filter(({ gone }) => gone === null);
  const winner = (field: string): { value: unknown; source: SourceModel } | undefined =>
    live
      .flatMap(({ fields, source }) => {
        const said = fields.get(field);
        return said ? [{ ...said, source }] : [];
      })
      .sort(
        (a, b) =>
          Number(a.value === null) - Number(b.value === null) || b.source.priority - a.source.priority || b.at - a.at,
      )[0];
  const manager = winner('managerUid');
  const deletions = told.flatMap(({ gone }) => (gone?.how === 'deleted' ? [gone.at] : []));
  const outlived = (deletion: number): boolean => told.some(({ back }) => back !== null && back.at > deletion);
  const spent = (deletion: number): boolean =>
    told.some(({ back }) => back !== null && back.at > deletion && back.since < deletion);
  const gone = deletions.some((deletion) => !outlived(deletion)) ? 'deleted' : 'disabled';
  return {
    statedBy: live.map(({ source }) => source.name),
    mayBeDeleted: live.length === 0 && deletions.some((deletion) => !spent(deletion)),
    status: live.length === 0 ? gone : winner('isDisabled')?.value === true ? 'disabled' : 'active',
    values: Object.fromEntries(SHARED_FIELDS.map((field) => [field, winner(field)?.value])) as ExpectedUser['values'],
    manager: manager && referred(manager.source, manager.value, isMade),
    missingIn: told.flatMap(({ gone, source }) => (gone?.how === 'missing' ? [source.name] : [])),
    memberships: told.flatMap(membershipsOf).sort((a, b) => (a.department < b.department ? -1 : 1)),
  };
}

/** A manager whom the source has not brought yet is waited for (rule 6); one who left stays the manager. */
function referred(
  source: SourceModel,
  uid: unknown,
  isMade: (source: SourceModel, uid: string) => boolean,
): string | null {
  const told = source.find('user', uid);
  return told && isMade(source, told.uid) ? told.is : null;
}

/** Every source states its own; a deletion takes them away, who is only missing keeps them (rule 14). */
function membershipsOf({ source, fields, gone }: Statement): ExpectedMembership[] {
  if (gone?.how === 'deleted') return [];
  const listed = (fields.get('departments')?.value ?? []) as { uid: string; isMain?: boolean }[];
  return listed.flatMap(({ uid, isMain = false }) => {
    const department = source.find('department', uid);
    if (department?.gone !== null) return [];
    return [{ department: `${source.name}/${department.uid}`, flagged: isMain, mayLack: gone !== null }];
  });
}

/** Department → title and parent, of those that are there; below one that is not there a department is a root (rule 13). */
export function expectedDepartments(
  sources: readonly SourceModel[],
): Record<string, { title: unknown; parent: string | null }> {
  return Object.fromEntries(
    sources.flatMap((source) =>
      [...source.department].flatMap(([uid, { fields, gone }]) => {
        if (gone !== null) return [];
        const parent = source.find('department', fields.get('parentUid')?.value);
        const above = parent?.gone === null ? `${source.name}/${parent.uid}` : null;
        return [[`${source.name}/${uid}`, { title: fields.get('title')?.value, parent: above }]];
      }),
    ),
  );
}
