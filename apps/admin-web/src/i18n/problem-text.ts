import type { TFunction } from 'i18next';
import { ApiError } from '../api/client';

/** Codes that have a text of their own in every language; others show the service's English `detail`. */
const TRANSLATED = [
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

/** What went wrong and what to do about it, in the reader's language. */
export function problemText(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiError)) return t('problem.pageBrokenHelp');
  const code = TRANSLATED.find((known) => known === error.code);
  if (code) return t(`problem.${code}`);
  return error.status >= 500 ? t('problem.internal') : t('problem.other', { detail: error.message });
}
