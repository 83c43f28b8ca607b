/** The words that stand for values which are none themselves. */
export interface ValueWords {
  yes: string;
  no: string;
  main: string;
  owner: string;
  /** Somebody whom the source does not know, by their number. */
  user: (id: number) => string;
}

/** What they are called whom a value names. */
export interface ValueNames {
  /** Departments by uid. */
  departments?: Names | undefined;
  /** People by uid. */
  people?: Names | undefined;
  /** Users by number. */
  users?: Names | undefined;
}

export type Names = Readonly<Record<string, string>>;

/**
 * A field's value as people read it: lists with commas, departments by their titles with their flags, people by name and uid,
 * the rest as JSON. Who has no name here is called by uid.
 */
export function valueText(value: unknown, words: ValueWords, names: ValueNames = {}): string {
  const { departments = {}, people = {}, users = {} } = names;
  if (typeof value === 'string') return own(departments, value) ?? named(own(people, value), value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (Array.isArray(value) && value.every(isReadable)) {
    return value
      .map((item) =>
        isDepartment(item) ? departmentText(item, words, departments) : named(own(people, item), String(item)),
      )
      .join(', ');
  }
  if (isNumbered(value)) return named(own(users, value.id), words.user(value.id));
  return JSON.stringify(value, null, 2);
}

/** A uid may be called like what every object has. */
const own = (names: Names, key: string | number): string | undefined =>
  Object.hasOwn(names, key) ? names[key] : undefined;

/** Two people may have one name: the uid tells them apart. */
const named = (name: string | undefined, code: string): string => (name === undefined ? code : `${name} (${code})`);

interface Department {
  uid: string;
  isMain?: boolean;
  isOwner?: boolean;
}

const isNumbered = (value: unknown): value is { id: number } =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === 1 &&
  'id' in value &&
  typeof value.id === 'number';

const isReadable = (item: unknown): item is string | number | Department =>
  typeof item === 'string' || typeof item === 'number' || isDepartment(item);

function isDepartment(item: unknown): item is Department {
  if (typeof item !== 'object' || item === null || !('uid' in item) || typeof item.uid !== 'string') return false;
  return Object.keys(item).every((key) => key === 'uid' || key === 'isMain' || key === 'isOwner');
}

function departmentText({ uid, isMain, isOwner }: Department, { main, owner }: ValueWords, titles: Names): string {
  const flags = [...(isMain ? [main] : []), ...(isOwner ? [owner] : [])];
  const title = own(titles, uid) ?? uid;
  return flags.length === 0 ? title : `${title} (${flags.join(', ')})`;
}
