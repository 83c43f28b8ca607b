import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../api/types';
import { useMay } from '../../ui/use-may';
import { hasDraft } from '../../ui/use-draft';
import { AddMembershipDialog, type MembershipToRemove, RemoveMembershipDialog } from '../directory/membership-dialogs';
import { MembershipMarks, MembershipOrigin } from '../directory/membership-marks';
import { userName } from '../directory/user-name';
import { DRAFTS } from '../directory/draft-keys';

/** The main one stands first; longer lists fold. */
const MOST_SHOWN = 8;

export function UserDepartmentsCard({ user }: { user: User }): ReactElement {
  const { t } = useTranslation();
  const mayWrite = useMay('admin') && user.status !== 'deleted';
  const [adding, setAdding] = useState(() => hasDraft(DRAFTS.membership({ user })));
  const [removing, setRemoving] = useState<MembershipToRemove>();
  const [unfolded, setUnfolded] = useState(false);
  const { departments } = user;
  const folds = departments.length > MOST_SHOWN + 2;
  const shown = folds && !unfolded ? departments.slice(0, MOST_SHOWN) : departments;
  const self = { id: user.id, label: userName(t, user) };
  return (
    <section className="card" aria-labelledby="user-departments">
      <div className="card-title">
        <h2 id="user-departments">{t('users.departments')}</h2>
        {mayWrite && (
          <Button size="small" onClick={() => setAdding(true)}>
            {t('membership.addShort')}
          </Button>
        )}
      </div>
      {departments.length === 0 ? (
        <p className="muted card-note">
          {t(user.status === 'deleted' ? 'users.noDepartmentsDeleted' : 'users.noDepartments')}
        </p>
      ) : (
        <ul className="side-list">
          {shown.map((department) => (
            <li key={department.id}>
              <div>
                <Link to="/departments/$departmentId" params={{ departmentId: department.id }}>
                  {department.title}
                </Link>
                <MembershipMarks membership={department} />
                <MembershipOrigin membership={department} />
              </div>
              {mayWrite && department.byHand && (
                <Button
                  size="small"
                  type="text"
                  aria-label={t('membership.removeFrom', { department: department.title })}
                  onClick={() =>
                    setRemoving({
                      user: self,
                      department: { id: department.id, label: department.title },
                      sources: department.sources,
                    })
                  }
                >
                  {t('membership.remove')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {folds && (
        <div className="card-note">
          <Button size="small" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
            {unfolded ? t('users.fewerDepartments') : t('users.allDepartments', { count: departments.length })}
          </Button>
        </div>
      )}
      {adding && <AddMembershipDialog user={self} onClose={() => setAdding(false)} />}
      <RemoveMembershipDialog membership={removing} onClose={() => setRemoving(undefined)} />
    </section>
  );
}
