import type { Action, FieldDifference } from '@rollcall/core';
import type { ShownDifference } from './change-view';
import { uidsIn } from './reference-uids';

/** What a change's row, its record and what still waits say of what the change does. */
export interface DifferenceParts {
  action: string | null;
  outcome: string;
  /** `active`, `disabled` or `deleted`: how the resource stood, where the action changes that. */
  state: string | null;
  /** The record says that its resource is disabled. */
  disabled: boolean | null;
  /** References of the record that nothing resolves yet. */
  waiting: readonly Waiting[] | null;
  /** The uid of the record, when it is taken from what it was linked to: the undo of a link. */
  detaches: string | null;
}

/** A reference of a record that nothing resolves yet. */
export interface Waiting {
  field: string;
  uid: string;
}

/** The differences of a change as they are shown: with what the action does to the status, and with what waits. */
export function shownDifferences(diff: readonly FieldDifference[], change: DifferenceParts): ShownDifference[] {
  const { outcome, waiting } = change;
  const status = statusDifference(diff, change);
  const differing = status ? [status, ...diff] : diff.map((difference) => enabled(difference, change));
  const shown = change.detaches === null ? differing : [{ field: 'uid', before: change.detaches }, ...differing];
  if (outcome !== 'applied' || !waiting) return [...shown];
  return shown.map((difference) => {
    const waits = waiting
      .filter(({ field, uid }) => field === difference.field && uidsIn(difference.after).includes(uid))
      .map(({ uid }) => uid);
    return waits.length > 0 ? { ...difference, waits } : difference;
  });
}

/** No field says that somebody goes or comes back; only a disable or its end may be told by `isDisabled`. */
function statusDifference(
  diff: readonly FieldDifference[],
  { action, state, disabled }: DifferenceParts,
): FieldDifference | undefined {
  if (state === null || !isOfStatus(action)) return undefined;
  const told = diff.some(({ field }) => field === 'isDisabled');
  if (told && action !== 'delete' && state !== 'deleted') return undefined;
  const after = {
    delete: 'deleted',
    disable: 'disabled',
    restore: disabled && state === 'deleted' ? 'disabled' : 'active',
  }[action];
  return { field: 'status', before: state, after };
}

/** Whoever is linked to somebody disabled enables them, and says so by no field of their own. */
const enabled = (difference: FieldDifference, { action }: DifferenceParts): FieldDifference =>
  action === 'link' && difference.field === 'isDisabled' && difference.before === true
    ? { field: 'status', before: 'disabled', after: 'active' }
    : difference;

type StatusAction = Extract<Action, 'delete' | 'disable' | 'restore'>;

const isOfStatus = (action: string | null): action is StatusAction =>
  action === 'delete' || action === 'disable' || action === 'restore';
