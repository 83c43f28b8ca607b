import type { TFunction } from 'i18next';

const NAMED = [
  'nickname',
  'username',
  'email',
  'phone',
  'status',
  'isDisabled',
  'managerUid',
  'departments',
  'title',
  'parentUid',
  'sort',
  'ownerUids',
  // Custom ones that WeCom brings.
  'alias',
  'position',
  'telephone',
  'nameEn',
] as const;

/** What people call a field; custom ones have the name that their source gave them. */
export function fieldName(t: TFunction, field: string): string {
  const known = NAMED.find((name) => name === field);
  return known ? t(`recordField.${known}`) : field;
}
