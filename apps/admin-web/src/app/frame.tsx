import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { AntdTheme } from '../theme/antd-theme';
import { Announcer } from '../ui/announcer';
import { Logo } from '../ui/logo';
import { useCurrentInView } from '../ui/use-current-in-view';
import { AccountMenu } from './account-menu';
import { AttentionBanner } from './attention-banner';
import { LiveTasks } from './live-tasks';
import '../styles/inner.css';
import './frame.css';

/** What stands around every inner page. */
export default function Frame(): ReactElement {
  const { t } = useTranslation();
  const main = useFocusAfterNavigation();
  const navigation = useCurrentInView();
  return (
    <LiveTasks>
      <a className="button skip-link" href="#main">
        {t('app.skip')}
      </a>
      <header className="frame-header">
        <div className="frame-bar">
          <Link to="/" className="frame-brand" aria-label="Rollcall">
            <Logo />
            <span>Rollcall</span>
          </Link>
          <nav ref={navigation} className="frame-nav" aria-label={t('app.navigation')}>
            <ul>
              <li>
                <Link to="/sources" activeOptions={{ includeSearch: false }}>
                  {t('nav.sources')}
                </Link>
              </li>
              <li>
                <Link to="/tasks" activeOptions={{ includeSearch: false }}>
                  {t('nav.tasks')}
                </Link>
              </li>
              <li>
                <Link to="/users" activeOptions={{ includeSearch: false }}>
                  {t('nav.users')}
                </Link>
              </li>
              <li>
                <Link to="/departments" activeOptions={{ includeSearch: false }}>
                  {t('nav.departments')}
                </Link>
              </li>
              <li>
                <Link to="/targets" activeOptions={{ includeSearch: false }}>
                  {t('nav.targets')}
                </Link>
              </li>
              <li>
                <AdministrationLink />
              </li>
            </ul>
          </nav>
          <AccountMenu />
        </div>
      </header>
      <AttentionBanner />
      <main id="main" className="frame-main" tabIndex={-1} ref={main}>
        <AntdTheme>
          <Outlet />
        </AntdTheme>
      </main>
      <Announcer />
    </LiveTasks>
  );
}

/** Leads to the first page of the group, and is marked on all of them. */
function AdministrationLink(): ReactElement {
  const { t } = useTranslation();
  const inside = useRouterState({
    select: ({ matches }) => matches.some(({ routeId }) => routeId === '/inner/administration'),
  });
  return (
    <Link to="/api-keys" activeOptions={{ includeSearch: false }} {...(inside && { 'data-inside': '' })}>
      {t('nav.administration')}
    </Link>
  );
}

/** Moves the focus to the content when another page opens, as a page load would; not when only a filter changes. */
function useFocusAfterNavigation() {
  const main = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const keepFocus = useRouterState({ select: (state) => state.resolvedLocation?.state.keepFocus === true });
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current !== undefined && shown.current !== pathname && !keepFocus)
      main.current?.focus({ preventScroll: true });
    shown.current = pathname;
  }, [pathname, keepFocus]);
  return main;
}
