import type { DataType } from '@rollcall/core';
import { type Doubt, doubtText } from '../engine/doubt';
import type { TaskRow } from './task-row';

/** The sentence has no values. */
type Plain = Record<string, never>;

/** What a note says, by its code: the values of its sentence. */
interface NoteValues {
  /** Words of an adapter, or of an error that it met: `said` holds them. */
  said: Plain;
  /** An error that nobody foresaw. */
  unexpected: Plain;
  look_at_option: { option: string };
  correct_settings: Plain;
  enter_credentials: Plain;
  grant_permission: Plain;
  tried_enough: { attempts: number };
  /** `adapter`: of its source or, when it is for one target, of that. */
  workers_lost: { times: number; adapter: string };
  /** `until`: when another worker takes it over at the latest, as ISO 8601. */
  worker_gone: { until: string };
  worker_awaited: Plain;

  preview: Plain;
  /** The same, and there is nothing to approve. */
  preview_empty: Plain;
  /** The doubts that follow would hold the plan if it were no preview. */
  would_be_held: Plain;
  new_target: { target: string; source: string };
  /** Follows the rejection of such a plan. */
  gets_nothing: { target: string; source: string };
  doubt: { doubt: Doubt };

  /** `said`: why. */
  not_complete: { dataType: DataType };
  /** Of each of so many uids a read told different things, and the last one counts. */
  uids_repeated: { uids: number };
  /** What so many records say is not as it stands: an undo took it back. */
  taken_back: { records: number };
  /** So many left, are not in a complete read, and are here because an undo brought them back. */
  back_by_undo: { records: number };
  /** So many records of a plan, or of what was applied, follow at targets elsewhere in a task of their own, because an undo put something back there. */
  follows_elsewhere: { records: number };
  /** What the task is about: so it disables whom that one could not. */
  disables_of: { taskId: number };
  /** Of the removal of a source: so many changes had moved on since its plan was made. */
  removed_in_part: { left: number };
  /** What follows is why. */
  read_cut: Plain;
  nobody_missing: Plain;
  cut_applied: Plain;
  cut_not_applied: Plain;
  /** `codes`: how many records failed with the most frequent codes; `more`: there are other codes. */
  records_failed: { failed: number; concerned: number; codes: { code: string; n: number }[]; more: boolean };
  /** `said`: why; `field`: of which option or field it spoke. */
  target_stopped: { target: string; field: string | null };

  cancelled: Plain;
  cancelled_midway: Plain;
  /** When nothing was left to apply. */
  cancelled_late: Plain;
  applied_before: Plain;
  replaced: { taskId: number };
  /** What had been said of the plan follows. */
  rejected: Plain;
  preview_expired: { days: number };
  source_disabled: Plain;
  source_deleted: Plain;
  /** `taskId`: what removes the source with its people. */
  source_removal: { taskId: number };
  target_deleted: { target: string };
  target_switched_off: Plain;
}

export const NOTE_CODES = [
  'said',
  'unexpected',
  'look_at_option',
  'correct_settings',
  'enter_credentials',
  'grant_permission',
  'tried_enough',
  'workers_lost',
  'worker_gone',
  'worker_awaited',
  'preview',
  'preview_empty',
  'would_be_held',
  'new_target',
  'gets_nothing',
  'doubt',
  'not_complete',
  'uids_repeated',
  'taken_back',
  'back_by_undo',
  'follows_elsewhere',
  'disables_of',
  'removed_in_part',
  'read_cut',
  'nobody_missing',
  'cut_applied',
  'cut_not_applied',
  'records_failed',
  'target_stopped',
  'cancelled',
  'cancelled_midway',
  'cancelled_late',
  'applied_before',
  'replaced',
  'rejected',
  'preview_expired',
  'source_disabled',
  'source_deleted',
  'source_removal',
  'target_deleted',
  'target_switched_off',
] as const satisfies (keyof NoteValues)[];

export type NoteCode = (typeof NOTE_CODES)[number];

/**
 * One sentence of a task's message, as code and values: kept with the task, so that pages can say it in any language.
 * `said` is foreign text that stands in it, or is all of it.
 */
export type Note = { [Code in NoteCode]: { code: Code; values: NoteValues[Code]; said?: string } }[NoteCode];

/** A note without values. */
type PlainCode = { [Code in NoteCode]: NoteValues[Code] extends Plain ? Code : never }[NoteCode];

export const plainNote = (code: PlainCode): Note => ({ code, values: {} });

export const saidNote = (said: string): Note => ({ code: 'said', values: {}, said });

/** What a task says; of one from before notes were kept, its message. */
export const notesOf = ({ notes, message }: Pick<TaskRow, 'notes' | 'message'>): Note[] =>
  notes ?? (message === null ? [] : [saidNote(message)]);

/** The message of a task, in English: for scripts, alerts and logs. Null: there is nothing to say. */
export function messageOf(notes: readonly Note[]): string | null {
  return notes.length === 0 ? null : notes.map(noteText).join(' ');
}

export function noteText(note: Note): string {
  const { said = '' } = note;
  switch (note.code) {
    case 'said':
      return said;
    case 'unexpected':
      return 'An unexpected error; the system log has its details under this task.';
    case 'look_at_option':
      return `The option concerned is "${note.values.option}".`;
    case 'correct_settings':
      return 'Correct the settings, then try again.';
    case 'enter_credentials':
      return 'Enter the credentials anew, then try again.';
    case 'grant_permission':
      return 'Grant the permission at the other side, then try again.';
    case 'tried_enough': {
      const { attempts } = note.values;
      return `That was try ${attempts} of ${attempts}: retry the task when the other side is well again.`;
    }
    case 'workers_lost': {
      const { times, adapter } = note.values;
      return `The process that worked on it ended ${times} times in the middle of it. An adapter that ends the process, or takes all of its memory, does that: look at "${adapter}" and at the log of that time, then retry the task.`;
    }
    case 'worker_gone':
      return `The process that worked on it is gone. Another one goes on where it was by itself, at ${note.values.until.slice(11, 19)} UTC at the latest.`;
    case 'worker_awaited':
      return 'The process that worked on it is gone. It goes on where it was by itself, as soon as a worker is free.';
    case 'preview':
      return 'This is a preview: approve it to apply exactly this plan.';
    case 'preview_empty':
      return 'This is a preview: nothing would change.';
    case 'would_be_held':
      return 'Otherwise it would be held:';
    case 'new_target':
      return `This is what "${note.values.target}" lacks of "${note.values.source}". Approve to apply exactly this; until then it gets nothing.`;
    case 'gets_nothing':
      return `"${note.values.target}" gets nothing of "${note.values.source}" until a first plan is approved. Retry makes a new one.`;
    case 'doubt':
      return doubtText(note.values.doubt);
    case 'not_complete':
      return `Not all ${note.values.dataType}s were seen, so none was taken for missing: ${said}`;
    case 'uids_repeated':
      return `${note.values.uids} ${note.values.uids === 1 ? 'uid' : 'uids'} came more than once with different values: the last one counts. Check that every record has a uid of its own.`;
    case 'taken_back':
      return note.values.records === 1
        ? '1 record counts as unchanged: an undo took back what it says, and that holds until it says something new. To have it applied, undo that undo; "Sync now" on the page of a user who is linked does it, too.'
        : `${note.values.records} records count as unchanged: an undo took back what they say, and that holds until they say something new. To have it applied, undo that undo; "Sync now" on the page of a user who is linked does it, too.`;
    case 'back_by_undo':
      return `${note.values.records} of those who left stay: an undo brought them back, and that holds until the source says something new of them. Undo that undo, or sync the users by hand, to let them go.`;
    case 'follows_elsewhere':
      return `${note.values.records} of these records ${note.values.records === 1 ? 'goes' : 'go'} to other targets by a task of ${note.values.records === 1 ? 'its' : 'their'} own, because an undo put something back there; the limits of those targets look at that task.`;
    case 'disables_of':
      return `Disables those whom task ${note.values.taskId} could not: something else of their records was refused, and waits to be put right.`;
    case 'removed_in_part':
      return `The source stays, disabled: ${note.values.left} of what was to be removed stays: it had changed since the plan was made, came to a target later, or its target was turned off. Delete the source again to remove the rest.`;
    case 'read_cut':
      return 'The read was cut short:';
    case 'nobody_missing':
      return 'Nobody was taken for missing.';
    case 'cut_applied':
      return 'What it had brought was applied.';
    case 'cut_not_applied':
      return 'Nothing of what it had brought could be applied.';
    case 'records_failed':
      return failedText(note.values);
    case 'target_stopped': {
      const { target, field } = note.values;
      return `${target} stopped${field === null ? '' : ` (${field})`}: ${said}`;
    }
    case 'cancelled':
      return 'Cancelled before anything was applied.';
    case 'applied_before':
      return 'What an earlier attempt applied stays.';
    case 'cancelled_late':
      return 'Cancelled when everything was applied already: it stays.';
    case 'cancelled_midway':
      return 'Cancelled: what was applied stays, the rest was not touched.';
    case 'replaced':
      return `Replaced by task ${note.values.taskId}, which looked later.`;
    case 'rejected':
      return 'Rejected:';
    case 'preview_expired':
      return `This preview expired: nobody approved it within ${note.values.days} days.`;
    case 'source_disabled':
      return 'Cancelled before it was read: the source was disabled.';
    case 'source_deleted':
      return 'Cancelled: the source was deleted.';
    case 'source_removal':
      return `Cancelled: task ${note.values.taskId} was to remove the source with its people.`;
    case 'target_deleted':
      return `Cancelled: the target "${note.values.target}" was deleted.`;
    case 'target_switched_off':
      return 'Cancelled: the target was switched off for this source.';
  }
}

/** Codes and numbers, nothing of the records. */
function failedText({ failed, concerned, codes, more }: NoteValues['records_failed']): string {
  const most = codes.map(({ code, n }) => `${code} (${n})`).join(', ');
  return `${failed} of ${concerned} records failed: ${most}${more ? ', …' : ''}. The failed changes say what is wrong with each.`;
}
