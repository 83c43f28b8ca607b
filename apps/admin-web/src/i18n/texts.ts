import type departments from './locales/en/departments.json';
import type directory from './locales/en/directory.json';
import type frame from './locales/en/frame.json';
import type inner from './locales/en/inner.json';
import type task from './locales/en/task.json';
import type sources from './locales/en/sources.json';
import type administration from './locales/en/administration.json';
import type apiKeys from './locales/en/apiKeys.json';
import type admins from './locales/en/admins.json';
import type adapters from './locales/en/adapters.json';
import type audit from './locales/en/audit.json';
import type system from './locales/en/system.json';
import type account from './locales/en/account.json';
import type targets from './locales/en/targets.json';
import type tasks from './locales/en/tasks.json';
import type users from './locales/en/users.json';

/**
 * The texts of all pages, by the file that holds them: `frame` (what shows without a session, too), `inner` (words that
 * many pages use), and one file an area of pages. A group of texts stands in one file, so that keys are the same everywhere.
 */
interface Areas {
  frame: typeof frame;
  inner: typeof inner;
  task: typeof task;
  sources: typeof sources;
  targets: typeof targets;
  tasks: typeof tasks;
  users: typeof users;
  departments: typeof departments;
  directory: typeof directory;
  account: typeof account;
  system: typeof system;
  audit: typeof audit;
  adapters: typeof adapters;
  admins: typeof admins;
  apiKeys: typeof apiKeys;
  administration: typeof administration;
}

export type TextArea = keyof Areas;

type All<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer Both) => void
  ? Both
  : never;

/** Every text by its group and name. */
export type Texts = All<Areas[TextArea]>;
