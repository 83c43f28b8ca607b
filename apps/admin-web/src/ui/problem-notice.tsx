import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error';
import { problemText } from '../i18n/problem-text';
import { Notice } from './notice';

interface ProblemNoticeProps {
  error: unknown;
  title?: ReactNode;
  onRetry?: () => void;
  kind?: 'error' | 'warning';
}

export const isMissing = (error: unknown): boolean => error instanceof ApiError && error.status === 404;

/** Says in the reader's language what went wrong and what to do; the request number is for whoever reads the log. */
export function ProblemNotice({ error, title, onRetry, kind = 'error' }: ProblemNoticeProps): ReactElement {
  const { t } = useTranslation();
  const requestId = error instanceof ApiError && error.status >= 500 ? error.requestId : undefined;
  return (
    <Notice
      kind={kind}
      title={title}
      action={
        // What is not there does not come by asking again.
        onRetry &&
        !isMissing(error) && (
          <button type="button" className="button" onClick={onRetry}>
            {t('problem.retry')}
          </button>
        )
      }
    >
      {problemText(t, error)}
      {requestId !== undefined && (
        <>
          {' '}
          <small>{t('problem.requestId', { id: requestId })}</small>
        </>
      )}
    </Notice>
  );
}
