import { type ErrorCode, type ErrorDetail, RollcallError } from '@rollcall/core';
import type { TaskStatus } from '../tasks/task.entity';

/** The sentence has no values. */
type Plain = Record<string, never>;

/** A source by its name and by what people call it. */
interface OfSource {
  source: string;
  displayName: string;
}

interface OfTask {
  taskId: number;
}

interface OfUser {
  userId: number;
}

interface OfDepartment {
  departmentId: number;
}

/** Sources by their names, as a sentence names them. */
const named = (sources: readonly string[]): string => sources.map((name) => `the source "${name}"`).join(' and ');

/** What one reason gives: the code of its error, and its sentence for those who call the API. */
interface Kind<Values> {
  error: ErrorCode;
  text: (values: Values) => string;
}

const conflict = <Values = Plain>(text: (values: Values) => string): Kind<Values> => ({ error: 'conflict', text });

const disabled = <Values>(text: (values: Values) => string): Kind<Values> => ({ error: 'source_disabled', text });

const invalid = <Values>(text: (values: Values) => string): Kind<Values> => ({ error: 'invalid_request', text });

const undo = <Values>(text: (values: Values) => string): Kind<Values> => ({ error: 'task_not_undoable', text });

/** Why what an admin asked for is not done, by the reason's code. */
const KINDS = {
  password_changed: conflict(() => 'The password was changed in the meantime. Sign in again.'),
  key_revoked: conflict(() => 'The key was revoked while it was made.'),

  source_disabled: disabled(({ source }: OfSource) => `The source "${source}" is disabled. Enable it, then try again.`),
  source_being_deleted: disabled(
    ({ source, taskId }: OfSource & OfTask) =>
      `The source "${source}" is being deleted with its people, by task ${taskId}. ` +
      'Use another source, or have an admin cancel that task and enable the source.',
  ),
  sync_of_disabled: disabled(
    ({ source }: OfSource) => `The source "${source}" is disabled. Enable it, or make a preview.`,
  ),
  retry_of_disabled: disabled(
    ({ source }: OfSource) => `The source "${source}" is disabled, so it is not read again. Enable it, then retry.`,
  ),
  later_plan_waits: conflict(
    ({ laterId }: OfTask & { laterId: number }) =>
      `Task ${laterId}, which was sent later, tells of some of the same records and waits. Approve or reject it first: of what both tell the later word holds.`,
  ),
  source_is_pushed: invalid(
    ({ source }: OfSource) => `"${source}" cannot be synced from here: its records are pushed.`,
  ),
  full_reads_only: invalid(({ source }: OfSource) => `"${source}" can only be read in full.`),
  source_built_in: conflict(
    ({ source }: OfSource) => `The source "${source}" is built in and cannot be deleted. Disable it instead.`,
  ),
  source_at_work: conflict(
    ({ source, taskId, status }: OfSource & OfTask & { status: TaskStatus }) =>
      `Task ${taskId} of the source "${source}" is ${status}. Wait for it or cancel it, then delete.`,
  ),
  source_removal_waits: conflict(
    ({ source, taskId, status }: OfSource & OfTask & { status: TaskStatus }) =>
      `Task ${taskId} removes the source "${source}" with its people, and is ${status}. ` +
      `${status === 'held' ? 'Reject' : 'Cancel'} it first.`,
  ),
  source_keeps_people: conflict(
    ({ source }: OfSource) =>
      `By its policies the source "${source}" keeps who is deleted, so nobody would be removed. ` +
      'Change policies.user.onDeleted, or delete it with people=keep.',
  ),
  source_removal_unheard: conflict(
    ({ source, target }: OfSource & { target: string }) =>
      `The target "${target}" holds people of "${source}" and would not hear that they go: it is off, or its first plan is not ` +
      'approved. Turn it on and approve that, or delete the target; then delete the source.',
  ),
  removal_of_enabled: conflict(
    ({ source }: OfSource) =>
      `The source "${source}" is enabled again, so its people are not removed. Disable it first, or delete it anew.`,
  ),

  task_source_deleted: conflict(
    ({ taskId }: OfTask) => `The source of task ${taskId} was deleted: nothing of it can be applied.`,
  ),
  task_target_deleted: conflict(
    ({ taskId, target }: OfTask & { target: string }) =>
      `The target "${target}", which task ${taskId} was to fill up, was deleted: there is nothing to try again.`,
  ),
  task_target_off: conflict(
    ({ taskId, target }: OfTask & { target: string }) =>
      `The target "${target}" is off, or off for the source of task ${taskId}. Turn it on: then it is filled up anyway.`,
  ),
  /** `later`: the task that read the source since. */
  snapshot_outdated: conflict(
    ({ taskId, later }: OfTask & { later: number }) =>
      `The snapshot of task ${taskId} was never applied, and task ${later} has read the source since. Send a new snapshot.`,
  ),
  /** `to`: what it was to become. */
  task_moved_on: conflict(
    ({ taskId, to }: OfTask & { to: TaskStatus }) =>
      `Task ${taskId} cannot become ${to} any more: it moved on meanwhile.`,
  ),
  undo_before_end: undo(
    ({ taskId, status }: OfTask & { status: TaskStatus }) =>
      `Task ${taskId} is ${status}: only a task that is over can be undone.`,
  ),
  undone_already: undo(
    ({ taskId, undoneBy }: OfTask & { undoneBy: number }) =>
      `Task ${undoneBy} undoes task ${taskId} already. Look at it, or undo that one.`,
  ),
  undo_of_purge: undo(
    ({ taskId }: OfTask) => `Task ${taskId} removed for good whose grace period was over: that cannot be taken back.`,
  ),
  undo_without_source: undo(({ taskId }: OfTask) => `Task ${taskId} has no source any more that could take it back.`),
  undo_too_late: undo(
    ({ taskId, days }: OfTask & { days: number }) =>
      `Task ${taskId} ended more than ${days} days ago. For so long changes are kept (ROLLCALL_RETENTION_DAYS): ` +
      'what it changed cannot be told as a whole any more.',
  ),
  nothing_to_undo: undo(
    ({ taskId }: OfTask) =>
      `Task ${taskId} has nothing to undo: it applied nothing in the tables here, or its changes are not kept any more.`,
  ),

  target_built_in: conflict(
    ({ target }: { target: string }) => `The target "${target}" is built in and cannot be deleted.`,
  ),
  target_at_work: conflict(
    ({ target, taskId }: OfTask & { target: string }) =>
      `Task ${taskId} writes to the target "${target}". Wait for it or cancel it, then delete.`,
  ),

  user_deleted: conflict(({ userId }: OfUser) => `User ${userId} is deleted. Restore it first.`),
  /** `sources`: their names. */
  user_stated: conflict(
    ({ userId, sources }: OfUser & { sources: string[] }) =>
      `User ${userId} is stated by ${named(sources)}, and would be back with the next word. ` +
      'Remove the record there, disable the user, or unlink the record first.',
  ),
  department_stated: conflict(
    ({ departmentId, sources }: OfDepartment & { sources: string[] }) =>
      `Department ${departmentId} is stated by ${named(sources)}, and would be back with the next word. Remove it there.`,
  ),
  /** Of it: people, and departments below it. */
  department_in_use: conflict(
    ({ departmentId, members, children }: OfDepartment & { members: number; children: number }) =>
      `Department ${departmentId} has ${members} members and ${children} departments below it. Put them elsewhere first.`,
  ),
  user_protected: conflict(
    ({ userId }: OfUser) => `User ${userId} is protected: no sync touches them. Take the protection off first.`,
  ),
  user_not_stated: conflict(
    ({ userId }: OfUser) => `No source states user ${userId}: there is nothing to apply. Link a record.`,
  ),
  linked_already: conflict(
    ({ userId }: OfUser) => `The record stands for user ${userId} already: there is nothing to do.`,
  ),
  /** `userId`: who has it. */
  record_linked: conflict(
    ({ userId, recordId }: OfUser & { recordId: number }) =>
      `The record stands for user ${userId} already. Take it from there first: DELETE /api/links/${recordId}. ` +
      `User ${userId} keeps what it wrote there: free the username, e-mail or phone that the record brings along ` +
      `with POST /api/users/${userId}/release before you link it.`,
  ),
  record_gone: conflict(() => 'The source does not state this record any more. State it again first.'),
  user_linked: conflict(
    ({ userId }: OfUser) =>
      `User ${userId} is linked to another record of this source already. Take that one away first.`,
  ),
  deleted_holds_nothing: conflict(({ userId }: OfUser) => `User ${userId} is deleted, and holds nothing.`),
  field_not_held: conflict(
    ({ userId, field }: OfUser & { field: string }) =>
      `User ${userId} does not hold "${field}": it is not locked by hand, and is no unique value of this user.`,
  ),
  /** `userId`: who has the value. */
  values_taken: conflict(({ taken }: { taken: ({ field: string } & OfUser)[] }) => {
    const values = taken.map(({ field, userId }) => `the ${field} is already used by user ${userId}`).join(', ');
    return `Not written: ${values}. Change it there first, or choose another.`;
  }),
  /** `sources`: their names. */
  membership_stated: conflict(
    ({ userId, departmentId, sources }: OfUser & OfDepartment & { sources: string[] }) =>
      `User ${userId} is in department ${departmentId} because ${named(sources)} says so, not by hand. ` +
      'Remove the membership there.',
  ),
};

export type ReasonCode = keyof typeof KINDS;

type ReasonValues<Code extends ReasonCode> = Parameters<(typeof KINDS)[Code]['text']>[0];

/** A reason without values. */
type PlainCode = { [Code in ReasonCode]: Plain extends ReasonValues<Code> ? Code : never }[ReasonCode];

/** Why something is refused, for programs: pages say it in any language. Its values are shown to whoever asked. */
export interface Reason {
  code: ReasonCode;
  values: object;
}

export const REASON_CODES = Object.keys(KINDS) as ReasonCode[];

/** An error that says its reason as code and values, too. */
export class Refusal extends RollcallError {
  constructor(
    readonly reason: Reason,
    error: ErrorCode,
    text: string,
    errors?: ErrorDetail[],
  ) {
    super(error, text, errors && { errors });
  }
}

/** `errors`: of reasons that lie in fields of the body. */
export function refusal<Code extends ReasonCode>(
  code: Code,
  values: ReasonValues<Code>,
  errors?: ErrorDetail[],
): Refusal {
  const { error, text } = KINDS[code] as Kind<ReasonValues<Code>>;
  return new Refusal({ code, values }, error, text(values), errors);
}

export const plainRefusal = (code: PlainCode): Refusal => refusal(code, {});

/** Nothing else of a source: its row holds credentials. */
export const ofSource = ({ name, displayName }: { name: string; displayName: string }): OfSource => ({
  source: name,
  displayName,
});
