import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageTitle } from '../../ui/use-page-title';

/** Beside the tree while none is open. */
export default function NoDepartment(): ReactElement {
  const { t } = useTranslation();
  usePageTitle(t('departments.title'));
  return <p className="no-department muted">{t('departments.choose')}</p>;
}
