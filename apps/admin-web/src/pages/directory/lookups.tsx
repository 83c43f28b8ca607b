import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { departmentsQuery } from '../../api/departments';
import type { Department, User } from '../../api/types';
import { usersQuery } from '../../api/users';
import { type Found, Lookup } from '../../ui/lookup';
import { userName } from './user-name';

export interface PickerProps {
  id?: string;
  label: string;
  placeholder: string;
  value: Found | null;
  onChange: (value: Found | null) => void;
  invalid?: boolean;
  describedBy?: string;
}

interface DepartmentPickerProps extends PickerProps {
  /** Id of a department: neither it nor what is below it is offered. */
  notBelow?: number | undefined;
}

export function DepartmentLookup({ notBelow, ...props }: DepartmentPickerProps): ReactElement {
  return (
    <Lookup
      {...props}
      offers={({ id, path }: Department) => id !== notBelow && path.every((above) => above.id !== notBelow)}
      query={(q) => departmentsQuery({ q })}
      found={(department) => ({ id: department.id, label: department.title, hint: wayTo(department) })}
    />
  );
}

/** "Company / Research", what stands above it. */
export function wayTo({ path }: Department): string | undefined {
  return path.length > 0 ? path.map(({ title }) => title).join(' / ') : undefined;
}

interface UserPickerProps extends PickerProps {
  /** Id of a user who may not be chosen. */
  not?: number | undefined;
}

export function UserLookup({ not, ...props }: UserPickerProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Lookup
      {...props}
      offers={({ id }: User) => id !== not}
      query={(q) => usersQuery({ q })}
      found={(user) => ({
        id: user.id,
        label: userName(t, user),
        hint: user.email ?? user.username ?? user.departments[0]?.title,
      })}
    />
  );
}
