import type { TFunction } from 'i18next';
import type { Person, User } from '../../api/types';

/** What to call somebody: the nickname, else what else identifies them. */
export function userName(t: TFunction, user: Person & Partial<Pick<User, 'username' | 'email' | 'phone'>>): string {
  return user.nickname ?? user.username ?? user.email ?? user.phone ?? t('person.unnamed', { id: user.id });
}
