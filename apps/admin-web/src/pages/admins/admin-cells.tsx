import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Admin } from '../../api/types';
import { useFormats } from '../../i18n/format';
import { Moment } from '../../ui/moment';

const route = getRouteApi('/inner');

interface CellProps {
  admin: Admin;
}

/** Whether it is the account of whoever looks at it. */
export function useIsMe(admin: Admin): boolean {
  const { me } = route.useRouteContext();
  return me.id === admin.id;
}

export function AdminName({ admin }: CellProps): ReactElement {
  const { t } = useTranslation();
  const isMe = useIsMe(admin);
  return (
    <span>
      <span className="row-name">{admin.username}</span>
      {isMe && (
        <>
          {' '}
          <span className="badge admin-you">{t('admins.you')}</span>
        </>
      )}
    </span>
  );
}

/** Whether a one-time link of the account works. */
export const hasLink = ({ invitationExpiresAt }: Admin): boolean =>
  invitationExpiresAt !== null && new Date(invitationExpiresAt) > new Date();

export function AdminState({ admin }: CellProps): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const { status, invitationExpiresAt } = admin;
  const until = hasLink(admin) ? t('admins.linkUntil', { time: formats.moment(invitationExpiresAt ?? '') }) : undefined;
  if (status === 'active') {
    return (
      <>
        {t('admins.active')}
        {until !== undefined && <small className="muted">{until}</small>}
      </>
    );
  }
  return (
    <>
      <span className={hasLink(admin) ? 'badge badge-warn' : 'badge badge-bad'}>
        {t(hasLink(admin) ? 'admins.invited' : 'admins.invitationOver')}
      </span>
      {until !== undefined && <small className="muted">{until}</small>}
    </>
  );
}

export function AdminSignIn({ admin }: CellProps): ReactElement {
  const { t } = useTranslation();
  if (admin.lastSignInAt === null) return <span className="muted">{t('admins.neverSignedIn')}</span>;
  return <Moment at={admin.lastSignInAt} />;
}
