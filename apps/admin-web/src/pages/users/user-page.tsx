import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task, User } from '../../api/types';
import { userQuery } from '../../api/users';
import { useFormats } from '../../i18n/format';
import { Back } from '../../ui/back';
import { Notice } from '../../ui/notice';
import { PageHead } from '../../ui/page-head';
import { present, ProblemNotice } from '../../ui/problem-notice';
import { userName } from '../directory/user-name';
import { StartedTask } from './started-task';
import { UserActions } from './user-actions';
import { UserState } from './user-cells';
import { UserDepartmentsCard } from './user-departments-card';
import { UserHistory } from './user-history';
import { UserProfile } from './user-profile';
import { UserRecordsCard } from './user-records-card';
import '../directory/directory.css';
import './users.css';

const route = getRouteApi('/inner/users/$userId');

export default function UserPage(): ReactElement {
  const { t } = useTranslation();
  const { userId } = route.useParams();
  const user = useQuery(userQuery(userId));
  const shown = present(user);
  return (
    <>
      <Back>
        <Link to="/users">{t('users.all')}</Link>
      </Back>
      {user.isPending && (
        <div className="card card-padded" role="status" aria-label={t('list.loading', { list: t('users.one') })}>
          <Skeleton active paragraph={{ rows: 8 }} />
        </div>
      )}
      {!shown && !user.isPending && <PageHead title={t('users.one')} />}
      {user.isError && (
        <ProblemNotice
          error={user.error}
          kind={shown ? 'warning' : 'error'}
          title={t(user.data ? 'list.stale' : 'users.notShown')}
          missing={t('users.noSuch')}
          onRetry={() => void user.refetch()}
        />
      )}
      {shown && <WholeUser key={shown.id} user={shown} />}
    </>
  );
}

function WholeUser({ user }: { user: User }): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const [started, setStarted] = useState<Task>();
  return (
    <>
      <PageHead
        title={userName(t, user)}
        intro={
          <span className="user-intro">
            <UserState user={user} />
            {t('users.since', {
              id: user.id,
              created: formats.moment(user.createdAt),
              updated: formats.moment(user.updatedAt),
            })}
          </span>
        }
        actions={<UserActions user={user} onStarted={setStarted} />}
      />
      {started && <StartedTask task={started} />}
      {user.status === 'deleted' && (
        <Notice kind="warning">
          {user.purgedAfter === null
            ? t('users.deletedProtectedHelp')
            : t('users.deletedHelp', { day: formats.day(user.purgedAfter) })}
        </Notice>
      )}
      {user.protected && user.status !== 'deleted' && <Notice kind="info">{t('users.protectedHelp')}</Notice>}
      <div className="user-parts">
        <UserProfile user={user} />
        <div className="user-side">
          <UserDepartmentsCard user={user} />
          <UserRecordsCard user={user} />
        </div>
      </div>
      <UserHistory userId={user.id} />
    </>
  );
}
