import { Fragment, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error';
import { problemText } from '../i18n/problem-text';
import { Notice } from './notice';
import { UserLink } from './user-link';

interface ProblemNoticeProps {
  error: unknown;
  title?: ReactNode;
  /** The title instead, where what was asked for is not there. */
  missing?: ReactNode;
  onRetry?: () => void;
  kind?: 'error' | 'warning';
}

export const isMissing = (error: unknown): boolean => error instanceof ApiError && error.status === 404;

/** What a page shows of what it asked for: the last that it was told, unless that is gone. */
export const present = <T,>({ data, error }: { data: T | undefined; error: unknown }): T | undefined =>
  isMissing(error) ? undefined : data;

/** Users who hold what was to be given to somebody else. */
function holdersIn(error: unknown): number[] {
  const values = error instanceof ApiError ? error.reason?.values : undefined;
  const taken = (values?.['taken'] ?? []) as { userId: number }[];
  return [...new Set(taken.map(({ userId }) => userId))];
}

/** Says in the reader's language what went wrong and what to do; the request number is for whoever reads the log. */
export function ProblemNotice({ error, title, missing, onRetry, kind = 'error' }: ProblemNoticeProps): ReactElement {
  const { t } = useTranslation();
  const isGone = missing !== undefined && isMissing(error);
  const requestId = error instanceof ApiError && error.status >= 500 ? error.requestId : undefined;
  return (
    <Notice
      kind={kind}
      title={isGone ? missing : title}
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
      {isGone ? t('problem.gone') : problemText(t, error)}
      {holdersIn(error).map((id) => (
        <Fragment key={id}>
          {' '}
          <UserLink id={id} />
        </Fragment>
      ))}
      {requestId !== undefined && (
        <>
          {' '}
          <small>{t('problem.requestId', { id: requestId })}</small>
        </>
      )}
    </Notice>
  );
}
