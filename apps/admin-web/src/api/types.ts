import type { components } from './schema';

/** The shapes of the HTTP API under the names that these pages use. `schema.ts` is made from the service's document. */
type Schemas = components['schemas'];

export interface Page<T> {
  items: T[];
  total: number;
  page: number;
  pageSize: number;
}

/** Rows on a page when nothing else is asked for. */
export const DEFAULT_PAGE_SIZE = 20;

/** Which page of a list, and how many rows it has. */
export interface ListQuery {
  page?: number | undefined;
  pageSize?: number | undefined;
}

/** The service's closed list of error codes. */
export type ErrorCode = Schemas['ProblemView']['code'];

/** RFC 9457 `application/problem+json`. */
export type Problem = Schemas['ProblemView'];

/** Why the service refuses something, where the error code does not say it. */
export type Reason = Schemas['ReasonView'];

/** Who is signed in. Only keys have no role, and these pages hold a session. */
export type Me = Schemas['MeView'] & Required<Pick<Schemas['MeView'], 'role'>>;

export type Role = Me['role'];

export type ApiKey = Schemas['ApiKeyView'];
export type NewApiKey = Schemas['NewApiKeyView'];
export type ApiKeyBody = Schemas['ApiKeyBody'];
export type Scope = ApiKey['scopes'][number];
export type Admin = Schemas['AdminView'];
export type NewAdmin = Schemas['NewAdminView'];
export type Invitation = Schemas['InvitationView'];
export type Invited = Schemas['InvitedView'];
export type Adapter = Schemas['AdapterDto'];
export type AuditEntry = Schemas['AuditEntryView'];
export type System = Schemas['SystemView'];
export type TaskDay = Schemas['TaskDayView'];
export type Source = Schemas['SourceView'];
export type SourceNote = Schemas['SourceNoteView'];

export type Task = Schemas['TaskView'];
export type TaskStatus = Task['status'];
export type TaskKind = Task['kind'];
export type Count = keyof Schemas['ChangeCountsView'];

export type DataType = Schemas['ChangeView']['dataType'];

export const DATA_TYPES = ['user', 'department'] as const satisfies DataType[];

/** Target → counts. */
export type Counts = Record<string, Partial<Record<Count, number>>>;

/** Each may what those before it may. */
export const ROLES = ['viewer', 'operator', 'approver', 'admin'] as const satisfies Role[];

/** Characters that a password must have. */
export const PASSWORD_MIN_LENGTH = 8;

export const SCOPES = ['push', 'read', 'admin'] as const satisfies Scope[];

export const TASK_STATUSES = [
  'queued',
  'running',
  'held',
  'succeeded',
  'partially_succeeded',
  'failed',
  'cancelled',
] as const satisfies TaskStatus[];

export const TASK_KINDS = [
  'pull',
  'push',
  'event',
  'snapshot',
  'undo',
  'backfill',
  'purge',
] as const satisfies TaskKind[];

export const COUNTS = [
  'created',
  'updated',
  'disabled',
  'deleted',
  'restored',
  'linked',
  'unchanged',
  'failed',
  'stale',
] as const satisfies Count[];

/** What `GET /api/tasks` takes. */
export interface TaskListQuery extends ListQuery {
  status?: TaskStatus | undefined;
  kind?: TaskKind | undefined;
  sourceId?: number | undefined;
  targetId?: number | undefined;
  attention?: true | undefined;
}

export type User = Schemas['UserView'];
export type UserStatus = User['status'];
export type UserDepartment = Schemas['UserDepartmentView'];
export type Person = Schemas['PersonView'];
export type RecordLink = Schemas['LinkView'];
export type UserChange = Schemas['UserChangeView'];
export type NewUser = Schemas['NewUserBody'];
export type UserPatch = Schemas['UserPatch'];
export type Department = Schemas['DepartmentView'];
export type NewDepartment = Schemas['NewDepartmentBody'];
export type DepartmentPatch = Schemas['DepartmentPatch'];

export const USER_STATUSES = ['active', 'disabled', 'deleted'] as const satisfies UserStatus[];

/** What `GET /api/users` takes. */
export interface UserListQuery extends ListQuery {
  q?: string | undefined;
  status?: UserStatus | undefined;
  sourceId?: number | undefined;
  departmentId?: number | undefined;
}

/** A search finds at most so many users, and a department counts at most so many members. */
export const COUNT_LIMIT = 10_000;

/** One sentence of a task's message. */
export type Note = Schemas['NoteView'];

/** Something that speaks against applying a plan at once. */
export type Doubt = Schemas['DoubtView'];

export type Step = NonNullable<Task['progress']['step']>;

export const STEPS = ['read', 'stage', 'plan', 'guard', 'apply', 'report'] as const satisfies Step[];

export type Change = Schemas['ChangeView'];
export type Difference = Change['diff'][number];
export type Action = NonNullable<Change['action']>;
export type Outcome = Change['outcome'];

export const ACTIONS = ['create', 'update', 'disable', 'delete', 'restore', 'link'] as const satisfies Action[];

/** The name under which the changes of an action are counted. */
export const COUNTED_AS = {
  create: 'created',
  update: 'updated',
  disable: 'disabled',
  delete: 'deleted',
  restore: 'restored',
  link: 'linked',
} as const satisfies Record<Action, Count>;

/** Outcomes that one can ask for. */
export const OUTCOMES = ['applied', 'failed', 'stale', 'held'] as const satisfies Outcome[];

/** What `GET /api/tasks/:id/changes` takes. */
export interface ChangeListQuery extends ListQuery {
  target?: string | undefined;
  dataType?: DataType | undefined;
  action?: Action | undefined;
  outcome?: (typeof OUTCOMES)[number] | undefined;
  code?: string | undefined;
  field?: string | undefined;
  q?: string | undefined;
}

/** Failures of a task that have the same reason. */
export type FailureGroup = Schemas['FailureGroupView'];

export type LogLine = Schemas['LogLineView'];
export type LogLevel = LogLine['level'];

/** Levels to filter by: that and worse. */
export const LOG_LEVELS = ['info', 'warn', 'error'] as const satisfies LogLevel[];
export type AdapterDetail = Schemas['AdapterDetailDto'];
export type Schedule = Schemas['ScheduleDto'];
export type Policies = Schemas['PoliciesView'];
export type Target = Schemas['TargetView'];
export type TargetBacklog = Schemas['TargetBacklogView'];
export type CheckResult = Schemas['CheckView'];
export type Limit = Schemas['LimitView'];
