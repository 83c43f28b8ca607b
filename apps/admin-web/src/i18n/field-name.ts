import type { TFunction } from 'i18next';

const OF_USERS = [
  'nickname',
  'username',
  'email',
  'phone',
  'status',
  'isDisabled',
  'managerUid',
  'departments',
  // Custom ones that WeCom brings.
  'alias',
  'position',
  'telephone',
  'nameEn',
] as const;

const OF_DEPARTMENTS = ['title', 'status', 'parentUid', 'sort', 'ownerUids', 'nameEn'] as const;

const NAMED = { user: OF_USERS, department: OF_DEPARTMENTS };

/**
 * What people call a field; custom ones have the name that their source gave them, such as a user's `title`. Without a data type it is
 * one of either.
 */
export function fieldName(t: TFunction, field: string, dataType?: keyof typeof NAMED): string {
  const named = dataType ? NAMED[dataType] : [...OF_USERS, ...OF_DEPARTMENTS];
  const known = named.find((name) => name === field);
  return known ? t(`recordField.${known}`) : field;
}
