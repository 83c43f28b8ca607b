import type { Change, UserChange } from '../api/types';
import type { ValueNames } from './value-text';

type Naming = Pick<Change | UserChange, 'departmentTitles' | 'peopleNames' | 'userNames'>;

/** What the values of a field name, as the change tells it; other fields name nobody, whatever their values look like. */
export function changeNames({ departmentTitles, peopleNames, userNames }: Naming, field: string): ValueNames {
  switch (field) {
    case 'departments':
    case 'parentUid':
      return { departments: departmentTitles };
    case 'managerUid':
    case 'ownerUids':
      return { people: peopleNames, users: userNames };
    default:
      return {};
  }
}
