import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Adapter } from '../../api/types';

const CAPABILITIES = ['pull', 'incremental', 'events', 'check'] as const;

/** What an adapter can do, each in a word or two. */
export function Capabilities({ adapter }: { adapter: Adapter }): ReactElement {
  const { t } = useTranslation();
  const { capabilities, kind } = adapter;
  const words = [
    ...(kind === 'source' && !capabilities.pull ? [t('adapterCapability.push')] : []),
    ...CAPABILITIES.filter((name) => capabilities[name]).map((name) => t(`adapterCapability.${name}`)),
    ...(capabilities.dataTypes ?? []).map((dataType) => t(`adapterDataType.${dataType}`)),
  ];
  return (
    <ul className="badges" aria-label={t('adapters.capabilities')}>
      {words.map((word) => (
        <li key={word} className="badge">
          {word}
        </li>
      ))}
    </ul>
  );
}
