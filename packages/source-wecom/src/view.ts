import type { Clients, WecomClient } from './client';
import type { WecomOptions } from './config';
import { getDepartment, listDepartmentIds, listDepartments, ROOT, type WecomDepartment } from './departments';
import { errcodeOf, IDS_ONLY, UNSEEN } from './errors';
import { Scope } from './scope';

/** Who can tell what. */
export interface Readers {
  /** Reads names and details: the app, or contacts sync where the vendor still lets it. Absent: ids are all that there is. */
  details?: WecomClient;
  /** Sees the whole company, by ids at least. */
  contacts?: WecomClient;
  /** `details` sees the root department, and with it everybody. */
  seesAll: boolean;
}

export async function findReaders({ app, contacts }: Clients): Promise<Readers> {
  const details = app ?? contacts;
  const sight = details && (await sightOf(details));
  return {
    ...(details && sight !== 'ids' && { details }),
    ...(contacts && { contacts }),
    seesAll: sight === 'all',
  };
}

/** How much a secret sees: everything, a part, or nothing but ids. */
export async function sightOf(client: WecomClient): Promise<'all' | 'part' | 'ids'> {
  try {
    await getDepartment(client, ROOT);
    return 'all';
  } catch (error) {
    const errcode = errcodeOf(error);
    // An app is never told this of its own rights: there it is an error like any other.
    if (errcode === IDS_ONLY && client.secretOption === 'contactsSecret') return 'ids';
    if (errcode !== undefined && UNSEEN.has(errcode)) return 'part';
    throw error;
  }
}

/** The departments of a full read. The list of them is the one thing that is held as a whole, at most 30,000 of them. */
export interface DepartmentView {
  scope: Scope;
  /** To be read, as far as they can be described. */
  departments: readonly WecomDepartment[];
  /** Ids of all that `details` sees, chosen or not. */
  visible: ReadonlySet<number>;
  /** Ids that are to be read and of which contacts sync knows, but `details` does not. */
  undescribed: readonly number[];
}

export async function viewDepartments(readers: Readers, options: WecomOptions): Promise<DepartmentView> {
  const { details, contacts } = readers;
  const described = details ? await listDepartments(details) : [];
  const ids = contacts && contacts !== details ? await listDepartmentIds(contacts) : [];
  const scope = new Scope(options.departments, [...described, ...ids]);
  const departments = (details ? described : ids).filter(({ id }) => scope.has(id));
  const visible = new Set((details ? described : ids).map(({ id }) => id));
  const undescribed = ids.flatMap(({ id }) => (scope.has(id) && !visible.has(id) ? [id] : []));
  return { scope, departments, visible, undescribed };
}
