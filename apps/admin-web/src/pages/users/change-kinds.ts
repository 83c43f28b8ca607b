import type { UserChange } from '../../api/types';

type Action = NonNullable<UserChange['action']>;

/** What is done by hand, as the audit calls it, and the text for it. */
export const HAND_KEYS = {
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
} as const satisfies Partial<Record<Action, string>>;

export type HandAction = keyof typeof HAND_KEYS;

export function isByHand(action: Action): action is HandAction {
  return action in HAND_KEYS;
}
