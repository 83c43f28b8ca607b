import { useTranslation } from 'react-i18next';
import type { ValueWords } from './value-text';

/** The words of `valueText` in the language of the page. */
export function useValueWords(): ValueWords {
  const { t } = useTranslation();
  return {
    yes: t('value.yes'),
    no: t('value.no'),
    main: t('value.main'),
    owner: t('value.owner'),
    user: (id) => t('value.user', { id }),
  };
}
