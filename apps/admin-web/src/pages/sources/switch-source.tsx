import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { updateSource } from '../../api/sources';
import type { Source } from '../../api/types';
import { EnableButton } from '../../ui/enable-button';

export function SwitchSource({ source }: { source: Source }): ReactElement {
  const { t } = useTranslation();
  const { id, enabled, displayName: name } = source;
  return (
    <EnableButton
      enabled={enabled}
      label={t(enabled ? 'sourceSwitch.off' : 'sourceSwitch.on')}
      title={t(enabled ? 'sourceSwitch.offTitle' : 'sourceSwitch.onTitle', { name })}
      meaning={t(enabled ? 'sourceSwitch.offText' : 'sourceSwitch.onText')}
      done={t(enabled ? 'sourceSwitch.isOff' : 'sourceSwitch.isOn', { name })}
      change={(next) => updateSource(id, { enabled: next })}
    />
  );
}
