import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type ReactElement, useEffect } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { meQuery } from '../../api/session';
import { preloadInnerPages } from '../../app/preload';
import { Logo } from '../../ui/logo';
import { Notice } from '../../ui/notice';
import { Preferences } from '../../ui/preferences';
import { usePageTitle } from '../../ui/use-page-title';
import { returnAddress } from './return-address';
import { SignInForm } from './sign-in-form';
import './sign-in.css';

const route = getRouteApi('/sign-in');

/** Plain HTML and CSS: nothing here waits for the component library of the inner pages. */
export default function SignInPage(): ReactElement {
  const { t } = useTranslation();
  const { from } = route.useSearch();
  const router = useRouter();
  const sessionEnded = router.state.location.state.sessionEnded === true;
  const me = useQuery({ ...meQuery, retry: false });
  usePageTitle(t('signIn.title'));

  const signedIn = me.data != null;
  useEffect(() => {
    if (signedIn) router.history.replace(returnAddress(from));
  }, [signedIn, from, router]);

  return (
    <main className="sign-in">
      <div className="sign-in-brand">
        <Logo size={34} />
        Rollcall
      </div>
      <div className="sign-in-card">
        <h1>{t('signIn.title')}</h1>
        {sessionEnded && <Notice kind="info">{t('signIn.sessionEnded')}</Notice>}
        <SignInForm onSubmitting={preloadInnerPages} />
        <details className="sign-in-help">
          <summary>{t('signIn.firstTime')}</summary>
          <p>
            <Trans i18nKey="signIn.firstTimeHelp" components={{ code: <code /> }} />
          </p>
        </details>
      </div>
      <Preferences />
    </main>
  );
}
