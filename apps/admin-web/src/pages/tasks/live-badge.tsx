import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

export type Liveness = 'on' | 'polling' | 'off';

/** Says how fresh the list is. */
export function LiveBadge({ state, seconds }: { state: Liveness; seconds: number }): ReactElement {
  const { t } = useTranslation();
  const help = {
    on: t('live.onHelp'),
    polling: t('live.pollingHelp', { seconds }),
    off: t('live.offHelp', { seconds }),
  };
  return (
    <span className="live" data-state={state} title={help[state]}>
      {state === 'polling' ? t('live.polling', { seconds }) : t(`live.${state}`)}
    </span>
  );
}
