import type { UserChange } from '../../api/types';

type Action = NonNullable<UserChange['action']>;

/** What is called as in the audit: what is done by hand, and what becomes of departments. */
export const AUDITED_KEYS = {
  'user.create': 'changed.handCreate',
  'user.update': 'changed.handUpdate',
  'user.delete': 'changed.handDelete',
  'user.restore': 'changed.handRestore',
  'user.release': 'changed.handRelease',
  'user.sync': 'changed.handSync',
  'link.create': 'changed.handLink',
  'link.delete': 'changed.handUnlink',
  'membership.put': 'changed.handMember',
  'membership.delete': 'changed.handNoMember',
  'department.delete': 'changed.departmentDeleted',
  'department.restore': 'changed.departmentRestored',
} as const satisfies Partial<Record<Action, string>>;

export type AuditedAction = keyof typeof AUDITED_KEYS;

export function isAudited(action: Action): action is AuditedAction {
  return action in AUDITED_KEYS;
}
