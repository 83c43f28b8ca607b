import type { ReactElement } from 'react';
import type { User } from '../../api/types';
import { UserContact, UserDepartments, UserLink, UserState } from './user-cells';

/** A user where a table has no room. */
export function UserCard({ user }: { user: User }): ReactElement {
  return (
    <>
      <div className="user-card-head">
        <UserLink user={user} />
        <UserState user={user} />
      </div>
      <div className="card-line">
        <UserContact user={user} />
      </div>
      <div className="card-line">
        <UserDepartments user={user} />
      </div>
    </>
  );
}
