import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { COUNT_LIMIT, type Department, type User, type UserDepartment } from '../../api/types';
import { membersQuery } from '../../api/users';
import { DataList } from '../../ui/data-list';
import type { Column } from '../../ui/list-table';
import { SearchBox } from '../../ui/search-box';
import { useMay } from '../../ui/use-may';
import { hasDraft } from '../../ui/use-draft';
import { AddMembershipDialog, type MembershipToRemove, RemoveMembershipDialog } from '../directory/membership-dialogs';
import { MembershipMarks, MembershipOrigin } from '../directory/membership-marks';
import { userName } from '../directory/user-name';
import { DRAFTS } from '../directory/draft-keys';

const route = getRouteApi('/inner/departments/$departmentId');

/** Who is in a department, as what, and who says so. */
export function DepartmentMembers({ department }: { department: Department }): ReactElement {
  const { t } = useTranslation();
  const { member, page, pageSize } = route.useSearch();
  const navigate = route.useNavigate();
  const isAdmin = useMay('admin');
  const [adding, setAdding] = useState(() => hasDraft(DRAFTS.membership({ department })));
  const [removing, setRemoving] = useState<MembershipToRemove>();
  const search = { q: member, page, pageSize };
  const members = useQuery(membersQuery(department.id, search));
  const self = { id: department.id, label: department.title };
  const onSearch = useCallback(
    (text: string | undefined) =>
      void navigate({
        search: (before) => ({ ...before, member: text, page: undefined }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const removal = (user: User, membership: UserDepartment): ReactElement | null =>
    isAdmin && membership.byHand ? (
      <Button
        size="small"
        type="text"
        aria-label={t('membership.removeMember', { user: userName(t, user) })}
        onClick={() =>
          setRemoving({
            user: { id: user.id, label: userName(t, user) },
            department: self,
            sources: membership.sources,
          })
        }
      >
        {t('membership.remove')}
      </Button>
    ) : null;
  const columns: Column<User>[] = [
    {
      title: t('membership.user'),
      key: 'name',
      rowScope: 'row',
      render: (user) => <Member user={user} departmentId={department.id} />,
    },
    {
      title: t('membership.saidBy'),
      key: 'origin',
      width: 190,
      render: (user) => inDepartment(user, department.id, (membership) => <MembershipOrigin membership={membership} />),
    },
    ...(isAdmin
      ? [
          {
            title: <span className="visually-hidden">{t('membership.actions')}</span>,
            key: 'remove',
            width: 120,
            align: 'end' as const,
            render: (user: User) => inDepartment(user, department.id, (membership) => removal(user, membership)),
          },
        ]
      : []),
  ];
  return (
    <section className="department-members" aria-labelledby="department-members">
      <div className="department-members-head">
        <h3 id="department-members">{t('membership.members')}</h3>
        {isAdmin && <Button onClick={() => setAdding(true)}>{t('membership.addMember')}</Button>}
      </div>
      <DataList
        label={t('membership.members')}
        query={members}
        rowKey={(user) => user.id}
        columns={columns}
        tableWidth={520}
        card={(user) => (
          <>
            <div className="card-line">
              <Member user={user} departmentId={department.id} />
            </div>
            {inDepartment(user, department.id, (membership) => (
              <div className="member-foot">
                <MembershipOrigin membership={membership} />
                {removal(user, membership)}
              </div>
            ))}
          </>
        )}
        search={search}
        onSearch={(change) => void navigate({ search: (before) => ({ ...before, ...change }), resetScroll: false })}
        filters={<SearchBox label={t('membership.search')} value={member} onChange={onSearch} />}
        filtered={member !== undefined}
        onClearFilters={() => onSearch(undefined)}
        count={(total) =>
          member !== undefined && total >= COUNT_LIMIT
            ? t('membership.countOrMore', { count: total })
            : t('membership.count', { count: total })
        }
        empty={
          <div className="card card-padded muted">
            {t(department.isLeaf ? 'membership.noMembersAtAll' : 'membership.noMembers')}
          </div>
        }
      />
      {adding && <AddMembershipDialog department={self} onClose={() => setAdding(false)} />}
      <RemoveMembershipDialog membership={removing} onClose={() => setRemoving(undefined)} />
    </section>
  );
}

function inDepartment<T>(user: User, departmentId: number, show: (membership: UserDepartment) => T): T | null {
  const membership = user.departments.find(({ id }) => id === departmentId);
  return membership ? show(membership) : null;
}

function Member({ user, departmentId }: { user: User; departmentId: number }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <span className="member-name">
        <Link className="name-link" to="/users/$userId" params={{ userId: user.id }}>
          {userName(t, user)}
        </Link>
        {inDepartment(user, departmentId, (membership) => (
          <MembershipMarks membership={membership} />
        ))}
        {user.status === 'disabled' && <span className="mark">{t('userStatus.disabled')}</span>}
      </span>
      {user.email !== null && <small className="muted">{user.email}</small>}
    </>
  );
}
