import { useRouter, useRouterState } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { preloadInnerPages } from '../../app/preload';
import { readInvitation } from '../../invitation-link';
import { Logo } from '../../ui/logo';
import { Notice } from '../../ui/notice';
import { Preferences } from '../../ui/preferences';
import { usePageTitle } from '../../ui/use-page-title';
import '../sign-in/sign-in.css';
import { ChoosePasswordForm } from './choose-password-form';

/** The first thing that a new admin sees. Plain HTML and CSS, as light as the sign-in page. */
export default function AcceptInvitationPage(): ReactElement {
  const { t } = useTranslation();
  const router = useRouter();
  const hash = useRouterState({ select: ({ location }) => location.hash });
  const { token, username } = readInvitation(hash);
  usePageTitle(t('invitation.title'));
  return (
    <main className="sign-in">
      <div className="sign-in-brand">
        <Logo size={34} />
        Rollcall
      </div>
      <div className="sign-in-card">
        <h1>{t('invitation.title')}</h1>
        {token === '' ? (
          <Notice kind="error">{t('invitation.incomplete')}</Notice>
        ) : (
          <>
            <p className="muted">{t('invitation.intro')}</p>
            <ChoosePasswordForm
              token={token}
              username={username}
              onSubmitting={preloadInnerPages}
              // The address with the token, which works no more, does not stay in the history.
              onAccepted={() => router.history.replace('/')}
            />
          </>
        )}
      </div>
      <Preferences />
    </main>
  );
}
