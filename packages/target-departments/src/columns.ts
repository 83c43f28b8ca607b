/** Record fields of a department that are not custom. */
export const KNOWN_FIELDS = ['title', 'parentUid', 'sort', 'ownerUids'] as const;

const KNOWN = `array[${KNOWN_FIELDS.map((field) => `'${field}'`).join(', ')}]`;

/** SQL: whether `changed` names known fields only. */
export const changesKnownOnly = `b.changed <@ ${KNOWN}`;

/** SQL: the custom part of a payload. */
export const customOf = (payload: string): string => `(${payload} - ${KNOWN})`;

/** SQL: whether batch row `b` writes the field to department `d`. */
export const writes = (field: string): string =>
  `((b.changed is null or '${field}' = any (b.changed)) and not '${field}' = any (d.locked_fields))`;
