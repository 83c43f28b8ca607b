import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { User, UserPatch } from '../../api/types';
import { patchUser, releaseField, userChanged } from '../../api/users';
import { useMay } from '../../ui/use-may';
import { type FieldOfResource, FieldRows } from '../directory/field-rows';
import { Value } from '../directory/value';
import { UserStatusBadge } from './user-cells';
import { PersonLinks } from '../directory/person-links';

/** Fields that every user has, by the names that they have in records. */
const KNOWN = new Set(['nickname', 'username', 'email', 'phone', 'status', 'managerUid']);

/** Who it is, field by field, custom ones included. */
export function UserProfile({ user }: { user: User }): ReactElement {
  const { t } = useTranslation();
  const mayWrite = useMay('admin') && user.status !== 'deleted';
  return (
    <section className="card" aria-labelledby="user-profile">
      <div className="card-title">
        <h2 id="user-profile">{t('users.profile')}</h2>
      </div>
      <FieldRows
        dataType="user"
        fields={fieldsOf(user)}
        lockedFields={user.lockedFields}
        provenance={user.provenance}
        {...(mayWrite && {
          onLocks: async (change: UserPatch) => userChanged(await patchUser(user.id, change)),
          onRelease: async (field: string) => userChanged(await releaseField(user.id, field)),
        })}
      />
    </section>
  );
}

function fieldsOf(user: User): FieldOfResource[] {
  const text = (field: 'nickname' | 'username' | 'email' | 'phone', unique: boolean): FieldOfResource => ({
    field,
    value: <Value value={user[field]} />,
    filled: user[field] !== null,
    unique,
  });
  // A field that was removed by hand stays locked, so that no sync brings it back.
  const removed = user.lockedFields.filter((field) => !KNOWN.has(field) && !Object.hasOwn(user.custom, field));
  const custom = [...Object.keys(user.custom), ...removed].sort((a, b) => a.localeCompare(b));
  return [
    text('nickname', false),
    text('username', true),
    text('email', true),
    text('phone', true),
    { field: 'status', value: <UserStatusBadge user={user} />, filled: true },
    {
      field: 'managerUid',
      value: user.manager && <PersonLinks people={[user.manager]} />,
      filled: user.manager !== null,
    },
    ...custom.map((field) => ({
      field,
      value: <Value value={user.custom[field]} />,
      filled: Object.hasOwn(user.custom, field),
    })),
  ];
}
