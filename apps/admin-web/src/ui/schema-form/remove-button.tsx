import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

interface RemoveButtonProps {
  /** Of what it removes, where that has one. */
  name?: string;
  disabled?: boolean | undefined;
  onClick: () => void;
}

export function RemoveButton({ name, disabled = false, onClick }: RemoveButtonProps): ReactElement {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className="button form-remove"
      disabled={disabled}
      {...(name !== undefined && { 'aria-label': t('form.removeNamed', { name }) })}
      onClick={onClick}
    >
      {t('form.remove')}
    </button>
  );
}
