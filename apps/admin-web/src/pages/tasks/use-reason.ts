import { useTranslation } from 'react-i18next';
import type { FailureGroup } from '../../api/types';
import { useTargetName } from './use-target-name';

/** Codes of failures that have words of their own. */
const REASONS = [
  'not_an_object',
  'uid_missing',
  'uid_invalid',
  'duplicate_uid',
  'record_too_large',
  'invalid_type',
  'invalid_text',
  'invalid_email',
  'unsafe_integer',
  'title_required',
  'username_taken',
  'email_taken',
  'phone_taken',
  'uid_taken',
  'match_ambiguous',
  'match_taken',
  'match_protected',
  'department_cycle',
  'rejected_by_target',
  'cancelled',
  'not_reached',
] as const;

/** What to do about them; others are put right by whoever their group names. */
const REMEDIES = {
  duplicate_uid: 'duplicate',
  username_taken: 'taken',
  email_taken: 'taken',
  phone_taken: 'taken',
  uid_taken: 'renamed',
  match_ambiguous: 'match',
  match_taken: 'match',
  match_protected: 'protected',
  department_cycle: 'cycle',
  rejected_by_target: 'target',
  cancelled: 'retry',
  not_reached: 'retry',
} as const;

const BLOCKED = /^blocked_by_/;

interface Reason {
  title: string;
  remedy: string;
}

/** Puts the code of a failure into words: what is wrong, and what to do. */
export function useReason(): (group: FailureGroup) => Reason {
  const { t } = useTranslation();
  const targetName = useTargetName();
  return ({ code, party, retryable }) => {
    if (BLOCKED.test(code)) {
      return {
        title: t('reason.blocked', { target: targetName(code.replace(BLOCKED, '')) }),
        remedy: t('remedy.blocked'),
      };
    }
    const known = REASONS.find((reason) => reason === code);
    const title = known ? t(`reason.${known}`) : t('reason.other', { code });
    const remedy = isSpecial(code) ? REMEDIES[code] : retryable ? 'retry' : party;
    return { title, remedy: t(`remedy.${remedy}`) };
  };
}

const isSpecial = (code: string): code is keyof typeof REMEDIES => Object.hasOwn(REMEDIES, code);
