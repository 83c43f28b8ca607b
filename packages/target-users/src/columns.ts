/** User fields that have a column and must be unique, without regard to case, among users that are not deleted. */
export const UNIQUE_FIELDS = ['username', 'email', 'phone'] as const;
export type UniqueField = (typeof UNIQUE_FIELDS)[number];

/** User fields that have a text column of the same name. */
export const TEXT_FIELDS = ['username', 'nickname', 'email', 'phone'] as const;

/** Record fields that are not custom: they have a column, or stand for a state. */
export const KNOWN_FIELDS = [...TEXT_FIELDS, 'managerUid', 'isDisabled', 'departments'] as const;

/** SQL: the custom part of a payload. */
export const customOf = (payload: string): string =>
  `(${payload} - array[${KNOWN_FIELDS.map((field) => `'${field}'`).join(', ')}])`;

/** SQL: whether batch row `b` writes the field to user `u`. */
export const writes = (field: string): string =>
  `((b.changed is null or '${field}' = any (b.changed)) and not '${field}' = any (u.locked_fields))`;

/** SQL: the value of a text field of user `u` after batch row `b` was applied. */
export const finalValue = (field: string): string =>
  `case when ${writes(field)} then b.payload ->> '${field}' else u.${field} end`;
