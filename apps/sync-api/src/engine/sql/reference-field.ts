/** SQL: the field by which a record of one data type refers to a record of another (or the same) one. */
export const referenceField = (from: string, to: string): string => `
      case ${from}
        when 'user' then case ${to} when 'user' then 'managerUid' else 'departments' end
        else case ${to} when 'user' then 'ownerUids' else 'parentUid' end
      end`;
