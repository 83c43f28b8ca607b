import i18next, { type TFunction } from 'i18next';
import { ApiError } from '../api/api-error';
import { refusalText } from './refusal-text';
import { isKnownReason, reasonText, REMEDIES } from './reason-text';

/** Codes whose texts come with every page, signed in or not. */
const EVERYWHERE = [
  'unreachable',
  'timeout',
  'bad_answer',
  'unauthenticated',
  'forbidden',
  'cross_site',
  'not_found',
  'too_many_requests',
  'unavailable',
  'internal',
] as const;

/** Of these only the service's `detail`, which is English, says what it is that does not fit, where it gives no reason. */
const SAID_BY_DETAIL: ReadonlySet<string> = new Set([
  'conflict',
  'task_not_undoable',
  'configuration',
  'permission',
  'rejected_by_target',
]);

/**
 * What went wrong and what to do about it, in the reader's language. Where only the service's own words say it, who reads another
 * language than the service speaks is told both in that first.
 */
export function problemText(t: TFunction, error: unknown, language = i18next.language): string {
  if (!(error instanceof ApiError)) return t('problem.pageBrokenHelp');
  const { code, message: detail, reason: why } = error;
  const refused = why && refusalText(t, why);
  if (refused !== undefined) return refused;
  const known = EVERYWHERE.find((each) => each === code);
  if (known) return t(`problem.${known}`);
  // A page that sends what the service cannot read has no field that tells: there is nothing to say but what it says.
  if (REMEDIES[code as keyof typeof REMEDIES] === 'request') return t('problem.other', { detail });
  if (!isKnownReason(code)) return error.status >= 500 ? t('problem.internal') : t('problem.other', { detail });
  const reason = reasonText(t, code);
  const remedy = t(`remedy.${REMEDIES[code]}`);
  if (!SAID_BY_DETAIL.has(code)) return t('problem.reason', { reason, remedy });
  return language.startsWith('en')
    ? t('problem.reasonDetail', { reason, detail })
    : t('problem.reasonForeign', { reason, remedy, detail });
}
