import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { updateTarget } from '../../api/targets';
import type { Target } from '../../api/types';
import { EnableButton } from '../../ui/enable-button';

export function SwitchTarget({ target }: { target: Target }): ReactElement {
  const { t } = useTranslation();
  const { id, enabled, name } = target;
  return (
    <EnableButton
      enabled={enabled}
      label={t(enabled ? 'targetSwitch.off' : 'targetSwitch.on')}
      title={t(enabled ? 'targetSwitch.offTitle' : 'targetSwitch.onTitle', { name })}
      meaning={t(enabled ? 'targetSwitch.offText' : 'targetForm.review')}
      done={t(enabled ? 'targetSwitch.isOff' : 'targetSwitch.isOn', { name })}
      change={(next) => updateTarget(id, { enabled: next })}
    />
  );
}
