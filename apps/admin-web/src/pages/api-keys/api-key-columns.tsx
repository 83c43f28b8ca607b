import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '../../api/types';
import type { Column } from '../../ui/list-table';
import { KeyExpiry, KeyName, KeyScopes, KeySource, KeyUse } from './api-key-cells';

export function useApiKeyColumns(onRevoke: ((apiKey: ApiKey) => void) | undefined): Column<ApiKey>[] {
  const { t } = useTranslation();
  return [
    { title: t('apiKeys.name'), key: 'name', rowScope: 'row', render: (key) => <KeyName apiKey={key} /> },
    { title: t('apiKeys.may'), key: 'may', width: 200, render: (key) => <KeyScopes apiKey={key} /> },
    { title: t('apiKeys.source'), key: 'source', width: 160, render: (key) => <KeySource apiKey={key} /> },
    { title: t('apiKeys.expires'), key: 'expires', width: 160, render: (key) => <KeyExpiry apiKey={key} /> },
    { title: t('apiKeys.lastUsed'), key: 'used', width: 220, render: (key) => <KeyUse apiKey={key} /> },
    ...(onRevoke
      ? [
          {
            title: <span className="visually-hidden">{t('list.actions')}</span>,
            key: 'actions',
            width: 130,
            align: 'end' as const,
            render: (key: ApiKey) => (
              <Button
                size="small"
                aria-label={t('apiKeys.revokeThis', { name: key.name })}
                onClick={() => onRevoke(key)}
              >
                {t('apiKeys.revoke')}
              </Button>
            ),
          },
        ]
      : []),
  ];
}
