import { type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from './notice';

/** Somebody else has changed what was changed here. Takes the focus: whoever saved looks at the foot of the window, which may be far from it. */
export function SettingsMovedOn(): ReactElement {
  const { t } = useTranslation();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div ref={ref} tabIndex={-1}>
      <Notice kind="warning" title={t('movedOn.title')}>
        {t('movedOn.settings')}
      </Notice>
    </div>
  );
}
