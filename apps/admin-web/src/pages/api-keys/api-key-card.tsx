import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '../../api/types';
import { KeyExpiry, KeyName, KeyScopes, KeySource, KeyUse } from './api-key-cells';

interface ApiKeyCardProps {
  apiKey: ApiKey;
  onRevoke: ((apiKey: ApiKey) => void) | undefined;
}

/** A key where a table has no room. */
export function ApiKeyCard({ apiKey, onRevoke }: ApiKeyCardProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <div className="row-head">
        <KeyName apiKey={apiKey} />
      </div>
      <KeyScopes apiKey={apiKey} />
      <dl className="facts">
        <dt>{t('apiKeys.source')}</dt>
        <dd>
          <KeySource apiKey={apiKey} />
        </dd>
        <dt>{t('apiKeys.expires')}</dt>
        <dd>
          <KeyExpiry apiKey={apiKey} />
        </dd>
        <dt>{t('apiKeys.lastUsed')}</dt>
        <dd>
          <KeyUse apiKey={apiKey} />
        </dd>
      </dl>
      {onRevoke && (
        <div className="entry-actions">
          <Button aria-label={t('apiKeys.revokeThis', { name: apiKey.name })} onClick={() => onRevoke(apiKey)}>
            {t('apiKeys.revoke')}
          </Button>
        </div>
      )}
    </>
  );
}
