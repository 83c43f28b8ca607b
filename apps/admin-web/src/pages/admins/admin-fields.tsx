import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type Role, ROLES } from '../../api/types';
import { fieldText } from '../../i18n/field-text';
import { fieldError } from '../../ui/field-errors';
import { TextField } from '../../ui/fields';
import { Radios } from '../../ui/options';

export const ADMIN_PLACES = ['/username', '/role'];

export interface AdminDraft {
  username: string;
  role: Role;
}

interface AdminFieldsProps {
  draft: AdminDraft;
  /** Somebody tried to send it without. */
  usernameMissing: boolean;
  /** Why the service refused it. */
  error: unknown;
  onChange: (change: Partial<AdminDraft>) => void;
}

/** Username and role, of a new account or of one that there is. */
export function AdminFields({ draft, usernameMissing, error, onChange }: AdminFieldsProps): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const refused = useAdminRefusal(error);
  return (
    <>
      <TextField
        id={`${id}-username`}
        label={t('admins.usernameField')}
        help={t('admins.usernameHelp')}
        value={draft.username}
        autoComplete="off"
        error={usernameMissing ? t('admins.usernameMissing') : refused.username}
        onChange={(event) => onChange({ username: event.target.value })}
      />
      <Radios
        legend={t('admins.roleField')}
        options={ROLES.map((value) => ({ value, label: t(`role.${value}`), help: t(`roleHelp.${value}`) }))}
        value={draft.role}
        error={refused.role}
        onChange={(role) => onChange({ role })}
      />
    </>
  );
}

/** What the service has against a username or a role, in the reader's language where it is one of the known reasons. */
export function useAdminRefusal(error: unknown): { username?: string | undefined; role?: string | undefined } {
  const { t } = useTranslation();
  const username = fieldError(error, '/username');
  const role = fieldError(error, '/role');
  const known = username?.code === 'taken' || username?.code === 'matches' ? username.code : undefined;
  return {
    ...(username && { username: known ? t(`adminRefusal.${known}`) : fieldText(t, error, '/username') }),
    ...(role && { role: role.code === 'last_admin' ? t('adminRefusal.last_admin') : fieldText(t, error, '/role') }),
  };
}
