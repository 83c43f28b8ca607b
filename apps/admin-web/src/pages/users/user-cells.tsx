import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person, User } from '../../api/types';
import { useSourceLabel } from '../../ui/use-source-label';
import { userName } from '../directory/user-name';

export function UserStatusBadge({ user }: { user: User }): ReactElement {
  const { t } = useTranslation();
  return (
    <span className="status user-status" data-user-status={user.status}>
      {t(`userStatus.${user.status}`)}
    </span>
  );
}

/** Status, and whether syncs may touch the user at all. */
export function UserState({ user }: { user: User }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="user-state">
      <UserStatusBadge user={user} />
      {user.protected && (
        <span className="mark" title={t('users.protectedHelp')}>
          {t('users.protected')}
        </span>
      )}
    </div>
  );
}

export function UserLink({ user }: { user: Person & Partial<User> }): ReactElement {
  const { t } = useTranslation();
  return (
    <Link className="name-link" to="/users/$userId" params={{ userId: user.id }}>
      {userName(t, user)}
    </Link>
  );
}

export function UserContact({ user }: { user: User }): ReactElement {
  if (user.email === null && user.phone === null) return <span className="muted nothing">–</span>;
  return (
    <>
      <span className="clip">{user.email ?? user.phone}</span>
      {user.email !== null && user.phone !== null && <small className="muted">{user.phone}</small>}
    </>
  );
}

/** The main department, and how many more there are. */
export function UserDepartments({ user }: { user: User }): ReactElement {
  const { t } = useTranslation();
  const [first, ...more] = user.departments;
  if (!first) return <span className="muted nothing">–</span>;
  return (
    <>
      <Link to="/departments/$departmentId" params={{ departmentId: first.id }}>
        {first.title}
      </Link>
      {more.length > 0 && (
        <small className="muted" title={more.map(({ title }) => title).join(', ')}>
          {t('users.moreDepartments', { count: more.length })}
        </small>
      )}
    </>
  );
}

/** Who states the user. */
export function UserSources({ user }: { user: User }): ReactElement {
  const { t } = useTranslation();
  const labelOf = useSourceLabel();
  const names = [
    ...new Set(user.links.map(({ source }) => (source === null ? t('users.sourceGone') : labelOf(source)))),
  ];
  return names.length > 0 ? (
    <span className="clip">{names.join(', ')}</span>
  ) : (
    <span className="muted">{t('users.byHand')}</span>
  );
}
