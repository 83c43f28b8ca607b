import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from './notice';

interface SecretsGoProps {
  /** What is stored, and what of it stays when the options are saved. */
  secretsSet: readonly string[];
  kept: readonly string[];
  /** As they are typed: a secret that is entered again is missed by nobody. */
  options: Readonly<Record<string, unknown>>;
}

/** Says before it happens that secrets are removed, because an address leads to another host. */
export function SecretsGo({ secretsSet, kept, options }: SecretsGoProps): ReactElement | null {
  const { t } = useTranslation();
  if (secretsSet.every((name) => kept.includes(name) || options[name] !== undefined)) return null;
  return <Notice kind="warning">{t('adapterForm.secretsGo')}</Notice>;
}
