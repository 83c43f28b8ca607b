import { useQuery } from '@tanstack/react-query';
import { useRouter, useRouterState } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { invitationQuery } from '../../api/admins';
import { preloadInnerPages } from '../../app/preload';
import { Logo } from '../../ui/logo';
import { Notice } from '../../ui/notice';
import { Preferences } from '../../ui/preferences';
import { isMissing, ProblemNotice } from '../../ui/problem-notice';
import { usePageTitle } from '../../ui/use-page-title';
import '../sign-in/sign-in.css';
import { ChoosePasswordForm } from './choose-password-form';
import { InvitationOver } from './invitation-over';

/** The first thing that a new admin sees. Plain HTML and CSS, as light as the sign-in page. */
export default function AcceptInvitationPage(): ReactElement {
  const { t } = useTranslation();
  const token = useRouterState({ select: ({ location }) => location.hash });
  usePageTitle(t('invitation.title'));
  return (
    <main className="sign-in">
      <div className="sign-in-brand">
        <Logo size={34} />
        Rollcall
      </div>
      <div className="sign-in-card">
        <h1>{t('invitation.title')}</h1>
        {token === '' ? <Notice kind="error">{t('invitation.incomplete')}</Notice> : <Invitation token={token} />}
      </div>
      <Preferences />
    </main>
  );
}

function Invitation({ token }: { token: string }): ReactElement {
  const { t } = useTranslation();
  const router = useRouter();
  const invitation = useQuery(invitationQuery(token));
  if (invitation.isPending) return <p role="status">{t('invitation.checking')}</p>;
  // No password would do, so nobody is asked for one.
  if (isMissing(invitation.error)) return <InvitationOver />;
  if (invitation.isError) return <ProblemNotice error={invitation.error} onRetry={() => void invitation.refetch()} />;
  return (
    <>
      <p className="muted">{t('invitation.intro')}</p>
      <ChoosePasswordForm
        token={token}
        username={invitation.data.username}
        onSubmitting={preloadInnerPages}
        // The address with the token, which works no more, does not stay in the history.
        onAccepted={() => router.history.replace('/')}
      />
    </>
  );
}
