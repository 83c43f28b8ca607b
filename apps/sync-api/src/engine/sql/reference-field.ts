/** SQL: the field by which a record of one data type refers to a record of another (or the same) one. */
export const referenceField = (from: string, to: string): string => `
      case ${from}
        when 'user' then case ${to} when 'user' then 'managerUid' else 'departments' end
        else case ${to} when 'user' then 'ownerUids' else 'parentUid' end
      end`;

/**
 * SQL: joins the uids by which record `record` refers to records of a data type, one row each: `referred.uid`. One row without
 * a uid when it refers to none.
 */
export const referredUids = (record: string, dataType: string): string => `
  cross join lateral (select ${record}.payload -> ${referenceField(`${record}.data_type`, dataType)} as stated) field
  cross join lateral jsonb_array_elements(
    case jsonb_typeof(field.stated) when 'array' then field.stated else jsonb_build_array(field.stated) end
  ) item (value)
  cross join lateral (select coalesce(item.value ->> 'uid', item.value #>> '{}') as uid) referred`;
