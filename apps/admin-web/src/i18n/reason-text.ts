import type { TFunction } from 'i18next';
import type { ErrorCode } from '../api/types';
import type inner from './locales/en/inner.json';

type Remedy = keyof (typeof inner)['remedy'];

/** What to do about a code: all of the service's closed list, and the ends that a change can come to without an error. */
export const REMEDIES: Record<ErrorCode | 'cancelled' | 'rejected' | 'not_reached' | 'stale', Remedy> = {
  bad_json: 'request',
  invalid_request: 'request',
  unknown_field: 'request',
  match_key_not_allowed: 'request',
  payload_too_large: 'request',
  too_many_records: 'request',
  unauthenticated: 'access',
  forbidden: 'access',
  cross_site: 'access',
  not_found: 'gone',
  source_unknown: 'gone',
  source_disabled: 'disabled',
  conflict: 'moved',
  idempotency_conflict: 'request',
  feed_cursor_expired: 'request',
  snapshot_incomplete: 'request',
  snapshot_committed: 'moved',
  task_not_retryable: 'moved',
  task_not_cancellable: 'moved',
  task_not_held: 'moved',
  task_not_undoable: 'moved',
  too_many_requests: 'slower',
  not_an_object: 'caller',
  uid_missing: 'caller',
  uid_invalid: 'caller',
  duplicate_uid: 'duplicate',
  record_too_large: 'caller',
  invalid_type: 'caller',
  invalid_text: 'caller',
  invalid_email: 'caller',
  unsafe_integer: 'caller',
  title_required: 'caller',
  username_taken: 'taken',
  email_taken: 'taken',
  phone_taken: 'taken',
  uid_taken: 'renamed',
  match_ambiguous: 'match',
  match_taken: 'match',
  match_protected: 'protected',
  department_cycle: 'cycle',
  blocked: 'blocked',
  rejected_by_target: 'target',
  configuration: 'settings',
  credentials: 'credentials',
  permission: 'permission',
  adapter_missing: 'adapter',
  vendor_busy: 'later',
  network: 'later',
  read_interrupted: 'later',
  cursor_expired: 'later',
  bad_answer: 'operator',
  adapter_invalid: 'adapter',
  lease_lost: 'retry',
  unavailable: 'later',
  internal: 'operator',
  cancelled: 'retry',
  rejected: 'retry',
  not_reached: 'retry',
  stale: 'moved',
};

export const isKnownReason = (code: string): code is keyof typeof REMEDIES => Object.hasOwn(REMEDIES, code);

/** A record that another target refused before. */
const BLOCKED = /^blocked_by_/;

export const blockedBy = (code: string): string | undefined =>
  BLOCKED.test(code) ? code.replace(BLOCKED, '') : undefined;

/** What is wrong, in a few words. */
export function reasonText(t: TFunction, code: string): string {
  const target = blockedBy(code);
  if (target === 'users' || target === 'departments') return t('reason.blocked', { target: t(`target.${target}`) });
  if (target !== undefined) return t('reason.blocked', { target });
  return isKnownReason(code) ? t(`reason.${code}`, { target: code }) : t('reason.other', { code });
}
