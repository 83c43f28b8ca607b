import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '../../api/types';
import { useFormats } from '../../i18n/format';
import { Moment } from '../../ui/moment';
import { useSourceLabel } from '../../ui/use-source-label';
import { daysLeft, expiryState } from './expiry';

interface CellProps {
  apiKey: ApiKey;
}

export function KeyName({ apiKey }: CellProps): ReactElement {
  return (
    <>
      <span className="row-name">{apiKey.name}</span>
      <small className="muted">
        <code>{apiKey.hint}…</code>
      </small>
    </>
  );
}

export function KeyScopes({ apiKey }: CellProps): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="badges">
      {apiKey.scopes.map((scope) => (
        <span key={scope} className={scope === 'admin' ? 'badge badge-warn' : 'badge'}>
          {t(`keyScope.${scope}`)}
        </span>
      ))}
    </div>
  );
}

export function KeySource({ apiKey }: CellProps): ReactElement {
  const { t } = useTranslation();
  const labelOf = useSourceLabel();
  if (apiKey.source) return <>{labelOf(apiKey.source.name)}</>;
  return (
    <span className="muted">
      {t(
        apiKey.scopes.includes('read') || apiKey.scopes.includes('admin') ? 'apiKeys.allSources' : 'apiKeys.anySource',
      )}
    </span>
  );
}

export function KeyExpiry({ apiKey }: CellProps): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const { expiresAt } = apiKey;
  const now = new Date();
  const state = expiryState(expiresAt, now);
  if (expiresAt === null) return <span className="muted">{t('apiKeys.never')}</span>;
  return (
    <>
      <time dateTime={expiresAt} title={formats.exactMoment(expiresAt)}>
        {formats.day(expiresAt)}
      </time>
      {state === 'expired' && <small className="worry-bad">{t('apiKeys.expired')}</small>}
      {state === 'soon' && (
        <small className="worry-warn">{t('apiKeys.daysLeft', { count: daysLeft(expiresAt, now) })}</small>
      )}
    </>
  );
}

export function KeyUse({ apiKey }: CellProps): ReactElement {
  const { t } = useTranslation();
  if (apiKey.lastUsedAt === null) return <span className="muted">{t('apiKeys.unused')}</span>;
  return <Moment at={apiKey.lastUsedAt} />;
}
