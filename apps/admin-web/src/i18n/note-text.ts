import type { TFunction } from 'i18next';
import type { Doubt, Note, Task } from '../api/types';
import { doubtText } from './doubt-text';
import { reasonText } from './reason-text';
import type { TaskNames } from './task-names';
import { typeset } from './typeset';

/** What the service says of a task, in the reader's language as far as that is known; the rest stays in English. */
export function taskText(
  t: TFunction,
  language: string,
  { notes, message }: Pick<Task, 'notes' | 'message'>,
  names: TaskNames,
): string {
  if (!notes || notes.length === 0) return message ?? '';
  return sentences(notes.map((note) => noteText(t, language, note, names)));
}

/** A text that comes in English, with the languages in which it is known. */
export function localText(language: string, english: string, texts: Record<string, string> | undefined): string {
  return typeset(language, texts?.[language] ?? texts?.[language.split('-')[0] ?? ''] ?? english);
}

export function noteText(t: TFunction, language: string, note: Note, names: TaskNames): string {
  const values = note.values as Readonly<Record<string, unknown>>;
  const said = localText(language, note.said ?? '', note.texts);
  switch (note.code) {
    case 'said':
      return said;
    case 'doubt':
      return doubtText(t, values['doubt'] as Doubt);
    case 'not_complete':
      return sentences([
        t(values['dataType'] === 'department' ? 'note.departmentsNotSeen' : 'note.usersNotSeen'),
        said,
      ]);
    case 'follows_elsewhere':
      return t('note.follows_elsewhere', { count: Number(values['records']) });
    case 'uids_repeated':
      return t('note.uids_repeated', { count: Number(values['uids']) });
    case 'back_by_undo':
      return t('note.back_by_undo', { count: Number(values['records']) });
    case 'removed_in_part':
      return t('note.removed_in_part', { count: Number(values['left']) });
    case 'taken_back':
      return t('note.taken_back', { count: Number(values['records']) });
    case 'records_failed':
      return failedText(t, values);
    case 'target_stopped':
      return sentences([stoppedText(t, values as { target: string; field: string | null }, names), said]);
    case 'workers_lost':
      return t('note.workers_lost', { ...values, adapter: names.adapter(String(values['adapter'])) });
    case 'worker_gone':
      return t('note.worker_gone', { time: names.time(String(values['until'])) });
    case 'look_at_option':
      return t('note.look_at_option', { option: names.option(String(values['option'])) });
    case 'new_target':
    case 'gets_nothing':
      return t(`note.${note.code}`, { ...values, source: names.source(String(values['source'])) });
    case 'worker_awaited':
    case 'unexpected':
    case 'correct_settings':
    case 'enter_credentials':
    case 'grant_permission':
    case 'preview':
    case 'preview_empty':
    case 'would_be_held':
    case 'read_cut':
    case 'nobody_missing':
    case 'cut_applied':
    case 'cut_not_applied':
    case 'cancelled':
    case 'cancelled_midway':
    case 'cancelled_late':
    case 'applied_before':
    case 'rejected':
    case 'source_disabled':
    case 'source_deleted':
    case 'source_removal':
    case 'target_switched_off':
    case 'tried_enough':
    case 'replaced':
    case 'disables_of':
    case 'preview_expired':
    case 'target_deleted':
      return t(`note.${note.code}`, values);
    default:
      // A newer service may say more than these pages know.
      return note.message;
  }
}

function stoppedText(t: TFunction, { target, field }: { target: string; field: string | null }, names: TaskNames) {
  if (field === null) return t('note.targetStopped', { target });
  return t('note.targetStoppedAt', { target, field: names.targetOption(target, field) });
}

function failedText(t: TFunction, values: Readonly<Record<string, unknown>>): string {
  const { failed, concerned, more } = values as { failed: number; concerned: number; more: boolean };
  const codes = (values['codes'] as { code: string; n: number }[]).map(({ code, n }) =>
    t('note.reason', { reason: reasonText(t, code), n }),
  );
  const reasons = [...codes, ...(more ? ['…'] : [])].join(t('note.comma'));
  return t('note.recordsFailed', { count: failed, concerned, reasons });
}

/** Chinese sentences stand without a space between them. */
const sentences = (parts: readonly string[]): string =>
  parts.reduce((text, next) => (/[。！？：；]$/.test(text) ? `${text}${next}` : `${text} ${next}`));
