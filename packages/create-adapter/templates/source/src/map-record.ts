import type { DepartmentRecord, UserRecord } from '@rollcall/core';

/** Somebody, as the API answers. */
export interface Person {
  id: string;
  name: string;
  email: string | null;
  departmentId: string | null;
  managerId: string | null;
  active: boolean;
}

export interface Department {
  id: string;
  name: string;
  parentId: string | null;
}

/**
 * `uid` is the id that the vendor never changes: by another one somebody would be gone and new. A field that is left out stays
 * as it was; null clears it. Rollcall checks each record, and one that is wrong fails alone.
 */
export function userOf({ id, name, email, departmentId, managerId, active }: Person): UserRecord {
  return {
    uid: id,
    nickname: name,
    email,
    managerUid: managerId,
    departments: departmentId === null ? [] : [departmentId],
    isDisabled: !active,
  };
}

export function departmentOf({ id, name, parentId }: Department): DepartmentRecord {
  return { uid: id, title: name, parentUid: parentId };
}
