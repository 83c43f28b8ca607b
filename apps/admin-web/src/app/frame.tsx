import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { AntdTheme } from '../theme/antd-theme';
import { Announcer } from '../ui/announcer';
import { Logo } from '../ui/logo';
import { useKeepFocus } from '../ui/use-keep-focus';
import { AccountMenu } from './account-menu';
import { AttentionBanner } from './attention-banner';
import { LiveTasks } from './live-tasks';
import { Navigation } from './navigation';
import { WithinFrame } from './within-frame';
import '../styles/inner.css';
import './frame.css';

/** What stands around every inner page. */
export default function Frame(): ReactElement {
  const { t } = useTranslation();
  const main = useFocusAfterNavigation();
  useKeepFocus();
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
          <Navigation />
          <AccountMenu />
        </div>
      </header>
      <AttentionBanner />
      <main id="main" className="frame-main" tabIndex={-1} ref={main}>
        <AntdTheme>
          <WithinFrame value>
            <Outlet />
          </WithinFrame>
        </AntdTheme>
      </main>
      <Announcer />
    </LiveTasks>
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
