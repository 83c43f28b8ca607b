import type { TFunction } from 'i18next';
import type { Reason, TaskStatus } from '../api/types';
import { fieldName } from './field-name';

/** Every reason that these pages have a sentence for: all that the service knew when they were built. */
const KNOWN: Record<Reason['code'], true> = {
  password_changed: true,
  key_revoked: true,
  source_disabled: true,
  source_being_deleted: true,
  sync_of_disabled: true,
  retry_of_disabled: true,
  later_plan_waits: true,
  source_is_pushed: true,
  full_reads_only: true,
  source_built_in: true,
  source_at_work: true,
  source_removal_waits: true,
  source_keeps_people: true,
  removal_of_enabled: true,
  task_source_deleted: true,
  task_target_deleted: true,
  task_target_off: true,
  snapshot_outdated: true,
  source_removal_unheard: true,
  task_moved_on: true,
  undo_before_end: true,
  undone_already: true,
  undo_of_purge: true,
  undo_without_source: true,
  undo_too_late: true,
  nothing_to_undo: true,
  target_built_in: true,
  target_at_work: true,
  user_deleted: true,
  user_stated: true,
  department_stated: true,
  department_in_use: true,
  user_protected: true,
  user_not_stated: true,
  linked_already: true,
  record_linked: true,
  record_gone: true,
  user_linked: true,
  deleted_holds_nothing: true,
  field_not_held: true,
  values_taken: true,
  membership_stated: true,
};

interface Named {
  displayName?: string;
  status?: TaskStatus;
  field?: string;
  target?: string;
  sources?: string[];
  taken?: { field: string; userId: number }[];
}

/** Why the service refuses something and what to do about it; undefined: a newer service knows more reasons than these pages. */
export function refusalText(t: TFunction, { code, values }: Reason): string | undefined {
  return Object.hasOwn(KNOWN, code) ? t(`refusal.${code}`, { ...values, ...inWords(t, values) }) : undefined;
}

/** The values that people call something else than machines do. */
function inWords(t: TFunction, values: Reason['values']): Record<string, string> {
  const { displayName, status, field, target, sources, taken } = values as Named;
  return {
    ...(displayName !== undefined && { source: displayName }),
    ...(status !== undefined && { status: t(`status.${status}`) }),
    ...(field !== undefined && { field: fieldName(t, field) }),
    ...(target !== undefined && { target: targetName(t, target) }),
    ...(sources !== undefined && { sources: sources.join(t('note.comma')) }),
    ...(taken !== undefined && {
      taken: taken
        .map((one) => t('refusal.takenBy', { field: fieldName(t, one.field), userId: one.userId }))
        .join(t('note.comma')),
    }),
  };
}

const targetName = (t: TFunction, name: string): string =>
  name === 'users' || name === 'departments' ? t(`target.${name}`) : name;
