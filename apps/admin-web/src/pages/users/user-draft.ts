import type { TFunction } from 'i18next';
import type { NewUser, User, UserPatch } from '../../api/types';
import type { Found } from '../../ui/lookup';
import { userName } from '../directory/user-name';
import { type CustomRow, customRows } from './custom-fields';

/** The text fields of a user, in the order in which they are asked. */
export const TEXT_FIELDS = ['nickname', 'username', 'email', 'phone'] as const;

/** A user as somebody is typing it. */
export interface UserDraft extends Record<(typeof TEXT_FIELDS)[number], string> {
  status: 'active' | 'disabled';
  manager: Found | null;
  /** Only somebody new is put into one here. */
  department: Found | null;
  custom: CustomRow[];
}

export const NOBODY: UserDraft = {
  nickname: '',
  username: '',
  email: '',
  phone: '',
  status: 'active',
  manager: null,
  department: null,
  custom: [],
};

export function draftOf(t: TFunction, user: User): UserDraft {
  return {
    nickname: user.nickname ?? '',
    username: user.username ?? '',
    email: user.email ?? '',
    phone: user.phone ?? '',
    status: user.status === 'disabled' ? 'disabled' : 'active',
    manager: user.manager && { id: user.manager.id, label: userName(t, user.manager) },
    department: null,
    custom: customRows(user.custom),
  };
}

/** What differs between two drafts; `custom` comes from `customChanges`. Nothing: an empty object. */
export function patchOf(next: UserDraft, before: UserDraft, custom: Record<string, unknown>): UserPatch {
  const texts = TEXT_FIELDS.filter((field) => next[field].trim() !== before[field]);
  return {
    ...Object.fromEntries(texts.map((field) => [field, next[field].trim() || null])),
    ...(next.status !== before.status && { status: next.status }),
    ...(next.manager?.id !== before.manager?.id && { managerId: next.manager?.id ?? null }),
    ...(Object.keys(custom).length > 0 && { custom }),
  };
}

export function newUserOf(draft: UserDraft, custom: Record<string, unknown>): NewUser {
  return {
    ...patchOf(draft, NOBODY, custom),
    ...(draft.department && { departments: [{ id: draft.department.id, isMain: true, isOwner: false }] }),
  };
}
