import { useTranslation } from 'react-i18next';
import type { FailureGroup } from '../../api/types';
import { blockedBy, isKnownReason, reasonText, REMEDIES } from '../../i18n/reason-text';

interface Reason {
  title: string;
  remedy: string;
}

/** Puts the code of a failure into words: what is wrong, and what to do. */
export function useReason(): (group: FailureGroup) => Reason {
  const { t } = useTranslation();
  return ({ code, party, retryable }) => {
    // A newer service may know more codes.
    const remedy =
      blockedBy(code) !== undefined ? 'blocked' : isKnownReason(code) ? REMEDIES[code] : retryable ? 'retry' : party;
    return { title: reasonText(t, code), remedy: t(`remedy.${remedy}`) };
  };
}
