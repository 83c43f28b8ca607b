import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Adapter } from '../../api/types';
import { AdapterIcon } from '../../ui/adapter-icon';
import { Capabilities } from './capabilities';

/** One adapter among others. What could not be loaded says why, and has no page to look into. */
export function AdapterCard({ adapter }: { adapter: Adapter }): ReactElement {
  const { t } = useTranslation();
  const { id, kind, title, description, icon, version, origin, error } = adapter;
  return (
    <div className="card adapter-tile">
      <div className="adapter-head">
        <AdapterIcon icon={icon} />
        {id !== null && kind !== null ? (
          <Link to="/adapters/$adapterId" params={{ adapterId: id }} search={{ kind }} className="row-name">
            {title}
          </Link>
        ) : (
          <span className="row-name">{title}</span>
        )}
        {version !== null && <span className="muted">{t('adapters.version', { version })}</span>}
      </div>
      <small className="muted">
        {origin}
        {id !== null && (
          <>
            {' · '}
            <code>{id}</code>
          </>
        )}
      </small>
      {description !== null && <p className="muted">{description}</p>}
      {error === undefined ? (
        <Capabilities adapter={adapter} />
      ) : (
        <p className="adapter-error">
          <strong>{t('adapters.notLoaded')}</strong> {error}
        </p>
      )}
    </div>
  );
}
