import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLES } from '../../api/types';

export function RolesExplained(): ReactElement {
  const { t } = useTranslation();
  return (
    <details className="roles">
      <summary>{t('admins.rolesTitle')}</summary>
      <dl className="facts">
        {ROLES.map((role) => (
          <div key={role}>
            <dt>{t(`role.${role}`)}</dt>
            <dd>{t(`roleHelp.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
