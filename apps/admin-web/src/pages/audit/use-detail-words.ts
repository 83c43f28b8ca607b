import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { sourceNamesQuery } from '../../api/names';
import type { Named } from '../../api/named';
import { ROLES } from '../../api/types';
import { fieldName } from '../../i18n/field-name';
import type audit from '../../i18n/locales/en/audit.json';
import type { DetailWords } from './detail-rows';

type Fact = keyof (typeof audit)['auditFact'];
type Setting = keyof (typeof audit)['auditSetting'];

const FACTS: Record<Fact, true> = {
  name: true,
  title: true,
  username: true,
  role: true,
  type: true,
  takenBack: true,
  people: true,
  keysDeleted: true,
  taskId: true,
  taskIds: true,
  fields: true,
  changed: true,
  locked: true,
  unlocked: true,
  lockedFields: true,
  protected: true,
  field: true,
  isMain: true,
  isOwner: true,
  sourceId: true,
  recordId: true,
  dataType: true,
  scopes: true,
  expiresAt: true,
};

const SETTINGS: Record<Setting, true> = {
  name: true,
  displayName: true,
  enabled: true,
  options: true,
  schedule: true,
  matchKey: true,
  priority: true,
  policies: true,
  limits: true,
  sources: true,
};

const isIn = <K extends string>(known: Record<K, true>, name: string): name is K => Object.hasOwn(known, name);

/** What people call the facts of an audit entry and their values; what these pages do not know shows as it is. */
export function useDetailWords(): DetailWords {
  const { t } = useTranslation();
  const sources = useQuery(sourceNamesQuery).data;
  return {
    name: (fact) => (isIn(FACTS, fact) ? t(`auditFact.${fact}`) : fact),
    value: (fact, value) => valueText(t, sources, fact, value),
  };
}

function valueText(t: TFunction, sources: readonly Named[] | undefined, fact: string, value: unknown): unknown {
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (Array.isArray(value)) return value.map((item: unknown) => valueText(t, sources, fact, item));
  if (fact === 'sourceId') return sources?.find(({ id }) => id === value)?.label ?? value;
  if (typeof value !== 'string') return value;
  switch (fact) {
    case 'fields':
      return isIn(SETTINGS, value) ? t(`auditSetting.${value}`) : value;
    case 'changed':
    case 'locked':
    case 'unlocked':
    case 'lockedFields':
    case 'field':
      return fieldName(t, value === 'managerId' ? 'managerUid' : value === 'parentId' ? 'parentUid' : value);
    case 'people':
      return value === 'keep' ? t('auditPeople.keep') : value;
    case 'role': {
      const role = ROLES.find((known) => known === value);
      return role ? t(`role.${role}`) : value;
    }
    case 'dataType':
      return value === 'user' ? t('target.users') : value === 'department' ? t('target.departments') : value;
    default:
      return value;
  }
}
