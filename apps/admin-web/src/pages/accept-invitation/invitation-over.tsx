import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice';

/** An invitation that works no more: mostly the one of somebody who opens the link again to get in. */
export function InvitationOver(): ReactElement {
  const { t } = useTranslation();
  return (
    <Notice
      kind="error"
      action={
        <Link to="/" className="button button-small">
          {t('signIn.title')}
        </Link>
      }
    >
      {t('invitation.over')}
    </Notice>
  );
}
