import type { Completeness, PullResult } from '@rollcall/core';
import { ROOT } from './departments';
import type { DepartmentView, Readers } from './view';

/** What members of a read could not be seen. */
export interface MemberGaps {
  /** Departments whose members WeCom did not list, and the code of each. */
  refused: Map<number, number>;
  /** People of whom contacts sync, or a list, gave the id, and nothing else could be read. */
  undescribed: number;
}

/** Nothing is concluded about who is gone from a read that saw a part only; this says why, to an admin. */
export function completeness(readers: Readers, view: DepartmentView, gaps: MemberGaps): PullResult['complete'] {
  const range = [...unseenChoice(readers, view), ...narrowRange(view)];
  return {
    department: said([...range, ...undescribedDepartments(view)]),
    user: said([
      // Contacts sync lists everybody, whatever the app may see.
      ...(readers.contacts ? unseenChoice(readers, view) : range),
      ...refusedDepartments(gaps),
      ...undescribedMembers(readers, gaps),
    ]),
  };
}

/**
 * Whether members may be in departments that are to be read and that nobody sees: an app tells only of those in its visible
 * range, contacts sync of all.
 */
export const isCut = (readers: Readers, view: DepartmentView): boolean =>
  !readers.contacts && [...unseenChoice(readers, view), ...narrowRange(view)].length > 0;

const said = (reasons: readonly string[]): Completeness =>
  reasons.length === 0 ? true : { complete: false, reason: reasons.join(' ') };

function unseenChoice({ details, contacts }: Readers, { scope, visible }: DepartmentView): string[] {
  const unseen = scope.unseen(visible);
  if (unseen.length === 0) return [];
  const seen = `Departments that are to be read cannot be seen: ${shown(unseen)}.`;
  // Contacts sync has no range.
  if (!details || details === contacts) return [`${seen} They were deleted.`];
  return [`${seen} They were deleted, or are outside of the visible range (可见范围) of the app.`];
}

/** Without the root, nobody can tell who left the company from who is not visible any more. */
function narrowRange({ scope, visible }: DepartmentView): string[] {
  if (scope.isChosen || visible.has(ROOT)) return [];
  return [
    'The visible range (可见范围) of the app is not the whole company, so whoever is not seen may still be there, and memberships that are not seen stay. Put the root department into the range, or name the departments to read in the option "Departments to read".',
  ];
}

function undescribedDepartments({ undescribed }: DepartmentView): string[] {
  if (undescribed.length === 0) return [];
  return [
    `Contacts sync knows ${counted(undescribed.length, 'department')} that the app does not see: ${shown(undescribed)}. ${undescribed.length === 1 ? 'It was left as it is' : 'They were left as they are'}.`,
  ];
}

function refusedDepartments({ refused }: MemberGaps): string[] {
  if (refused.size === 0) return [];
  const codes = [...new Set(refused.values())].join(', ');
  return [
    `WeCom did not list the members of ${counted(refused.size, 'department')}: ${shown([...refused.keys()])} (errcode ${codes}).`,
  ];
}

function undescribedMembers({ seesAll }: Readers, { undescribed }: MemberGaps): string[] {
  if (undescribed === 0) return [];
  const known = `Of ${counted(undescribed, 'member')} only the id is known`;
  const left = 'They were left as they are, and none of them was made new.';
  // With the root in its range, nothing is left to put there.
  if (seesAll) return [`${known}: WeCom did not show them, although the app sees the root department. ${left}`];
  return [
    `${known}: the app may not see them. ${left} Put the root department into its visible range (可见范围), or name the departments to read in the option "Departments to read".`,
  ];
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

const shown = (ids: readonly number[]): string => `${ids.slice(0, 10).join(', ')}${ids.length > 10 ? ', …' : ''}`;
