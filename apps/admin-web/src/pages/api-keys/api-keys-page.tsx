import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiKeysQuery } from '../../api/api-keys';
import type { ApiKey } from '../../api/types';
import { DataList } from '../../ui/data-list';
import { PageHead } from '../../ui/page-head';
import { SearchBox } from '../../ui/search-box';
import { useMay } from '../../ui/use-may';
import { ApiKeyCard } from './api-key-card';
import { useApiKeyColumns } from './api-key-columns';
import type { ApiKeySearch } from './api-key-search';
import { MakeKeyDialog } from './make-key-dialog';
import { RevokeDialog } from './revoke-dialog';
import './api-keys.css';

const route = getRouteApi('/inner/administration/api-keys');

export default function ApiKeysPage(): ReactElement {
  const { t } = useTranslation();
  const { make = false, ...query } = route.useSearch();
  const navigate = route.useNavigate();
  const mayMake = useMay('admin');
  const keys = useQuery(apiKeysQuery(query));
  const [revoking, setRevoking] = useState<ApiKey>();
  // When it was last used decides: that is asked for anew.
  const revoke = (key: ApiKey): void => {
    setRevoking(key);
    void keys.refetch();
  };
  const onRevoke = mayMake ? revoke : undefined;
  const asItIs = revoking && (keys.data?.items.find(({ id }) => id === revoking.id) ?? revoking);
  const columns = useApiKeyColumns(onRevoke);

  const change = useCallback(
    (next: Partial<ApiKeySearch>) => void navigate({ search: (before) => ({ ...before, ...next }) }),
    [navigate],
  );
  const onQuery = useCallback((q: string | undefined) => change({ q, page: undefined }), [change]);
  const makeButton = (
    <Button type="primary" onClick={() => change({ make: true })}>
      {t('apiKeys.make')}
    </Button>
  );

  return (
    <>
      <PageHead title={t('apiKeys.title')} intro={t('apiKeys.intro')} {...(mayMake && { actions: makeButton })} />
      <DataList
        label={t('apiKeys.title')}
        query={keys}
        rowKey={(key) => key.id}
        columns={columns}
        tableWidth={960}
        card={(key) => <ApiKeyCard apiKey={key} onRevoke={onRevoke} />}
        search={query}
        onSearch={change}
        filters={<SearchBox label={t('apiKeys.search')} value={query.q} onChange={onQuery} />}
        filtered={query.q !== undefined}
        onClearFilters={() => change({ q: undefined, page: undefined })}
        count={(total) => t('apiKeys.count', { count: total })}
        empty={
          <section className="empty">
            <h2>{t('apiKeys.none')}</h2>
            <p>{t(mayMake ? 'apiKeys.noneHelp' : 'apiKeys.noneByAdmin')}</p>
          </section>
        }
      />
      {mayMake && <MakeKeyDialog open={make} onClose={() => change({ make: undefined })} />}
      <RevokeDialog apiKey={asItIs} onClose={() => setRevoking(undefined)} />
    </>
  );
}
