import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { type ReactElement, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error';
import { ProblemNotice } from '../ui/problem-notice';
import { Logo } from '../ui/logo';
import { usePageTitle } from '../ui/use-page-title';
import { PageAway, serviceProblem } from './page-away';
import { WithinFrame } from './within-frame';

/** A page whose code or data did not come. */
export function PageBroken({ error, reset }: ErrorComponentProps): ReactElement {
  const { t } = useTranslation();
  const router = useRouter();
  const Place = useContext(WithinFrame) ? 'div' : 'main';
  usePageTitle(t('problem.pageBroken'));
  const retry = async (): Promise<void> => {
    // After an update of the service the old code is gone: only a reload brings the new one. Without a service it brings nothing.
    if (error instanceof PageAway || !(error instanceof ApiError)) {
      if (!(await serviceProblem())) window.location.reload();
      return;
    }
    reset();
    await router.invalidate();
  };
  return (
    <Place className="whole-page">
      <Logo size={40} />
      <h1>{t('problem.pageBroken')}</h1>
      <ProblemNotice error={error} onRetry={() => void retry()} />
    </Place>
  );
}

export function NoPage(): ReactElement {
  const { t } = useTranslation();
  const Place = useContext(WithinFrame) ? 'div' : 'main';
  usePageTitle(t('problem.noPage'));
  return (
    <Place className="whole-page">
      <Logo size={40} />
      <h1>{t('problem.noPage')}</h1>
      <p className="muted">{t('problem.noPageHelp')}</p>
      <Link to="/tasks" className="button">
        {t('problem.toTasks')}
      </Link>
    </Place>
  );
}

export function PageLoading(): ReactElement {
  return (
    <div className="whole-page" aria-busy="true">
      <Logo size={40} />
    </div>
  );
}
