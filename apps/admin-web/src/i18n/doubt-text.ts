import type { TFunction } from 'i18next';
import type { Doubt } from '../api/types';
import { fieldName } from './field-name';

/** So many may always go, whatever the limits say. */
const FREE = 5;

/** What speaks against a plan, in the reader's language: the loss, and the limit that it exceeds. */
export function doubtText(t: TFunction, doubt: Doubt): string {
  const { kind, dataType, n = 0, recent = 0, live = 0, count = 0, percent = 0, fields = [] } = doubt;
  if (kind === 'empty') return t(dataType === 'department' ? 'doubt.emptyDepartments' : 'doubt.emptyUsers');
  if (kind === 'rejected') {
    const [first] = fields;
    if (first === '') return t('doubt.rejected', { count: n });
    if (first === 'departments') return t('doubt.rejectedMemberships', { count: n });
    return t('doubt.rejectedValues', { count: n, fields: shown(t, doubt) });
  }
  return [
    lossText(t, doubt, { count: n - recent, live }),
    // What went before is no part of the plan, and counts.
    ...(recent > 0 ? [t('doubt.recent', { count: recent, sum: n })] : []),
    t('doubt.limit', {
      most: Math.max(count, FREE),
      percent,
      part: Math.max(Math.floor((live * percent) / 100), FREE),
    }),
  ].reduce((first, second) => t('doubt.both', { first, second }));
}

const shown = (t: TFunction, { fields = [], dataType }: Pick<Doubt, 'fields' | 'dataType'>): string =>
  fields.map((field) => fieldName(t, field, dataType ?? undefined)).join(t('note.comma'));

function lossText(
  t: TFunction,
  { limit, dataType, target, fields = [] }: Doubt,
  values: { count: number; live: number },
) {
  const departments = dataType === 'department';
  switch (limit) {
    case 'disables':
      if (typeof target === 'string') return t('doubt.disablesOn', { ...values, target });
      return t(departments ? 'doubt.disabledDepartments' : 'doubt.disabledUsers', values);
    case 'memberships':
      return t('doubt.memberships', values);
    case 'cleared':
      return t(departments ? 'doubt.clearedDepartments' : 'doubt.clearedUsers', {
        ...values,
        fields: shown(t, { fields, dataType }),
      });
    case 'deletes':
    case undefined:
      if (typeof target === 'string') return t('doubt.deletesOn', { ...values, target });
      return t(departments ? 'doubt.deletedDepartments' : 'doubt.deletedUsers', values);
  }
}
