import { useTranslation } from 'react-i18next';
import type { DataType } from '../../api/types';

/**
 * The built-in targets have names in every language; others are called what they are called. With the data type: what the
 * target keeps of it, because `departments` keeps of user records their memberships.
 */
export function useTargetName(): (target: string, dataType?: DataType) => string {
  const { t } = useTranslation();
  return (target, dataType) => {
    if (target === 'departments' && dataType === 'user') return t('target.memberships');
    return target === 'users' || target === 'departments' ? t(`target.${target}`) : target;
  };
}
