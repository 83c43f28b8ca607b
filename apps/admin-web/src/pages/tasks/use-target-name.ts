import { useTranslation } from 'react-i18next';

/** The built-in targets have names in every language; others are called what they are called. */
export function useTargetName(): (target: string) => string {
  const { t } = useTranslation();
  return (target) => (target === 'users' || target === 'departments' ? t(`target.${target}`) : target);
}
