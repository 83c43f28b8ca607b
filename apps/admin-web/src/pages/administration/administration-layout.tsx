import { Link, Outlet } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import './administration.css';

const PAGES = [
  { to: '/api-keys', name: 'apiKeys' },
  { to: '/admins', name: 'admins' },
  { to: '/adapters', name: 'adapters' },
  { to: '/audit', name: 'audit' },
  { to: '/system', name: 'system' },
] as const;

/** The second row of links, and below it the page. */
export default function AdministrationLayout(): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <nav className="administration-nav" aria-label={t('administration.title')}>
        <ul>
          {PAGES.map(({ to, name }) => (
            <li key={to}>
              <Link to={to} activeOptions={{ includeSearch: false }}>
                {t(`administration.${name}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Outlet />
    </>
  );
}
