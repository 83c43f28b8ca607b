import { Link, useRouterState } from '@tanstack/react-router';
import { type ReactElement, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMedia } from '../ui/use-media';

/** From here on the row of links has room beside the account in each language. */
const NO_ROOM = '(max-width: 60rem)';

const PAGES = [
  { to: '/sources', name: 'sources' },
  { to: '/tasks', name: 'tasks' },
  { to: '/users', name: 'users' },
  { to: '/departments', name: 'departments' },
  { to: '/targets', name: 'targets' },
  // The first page of the group.
  { to: '/api-keys', name: 'administration' },
] as const;

/** The way to every page: a row of links, or a drawer behind a button where there is no room for one. */
export function Navigation(): ReactElement {
  const noRoom = useMedia(NO_ROOM);
  return noRoom ? <Drawer /> : <Links className="frame-nav" />;
}

function Drawer(): ReactElement {
  const { t } = useTranslation();
  const drawer = useRef<HTMLDialogElement>(null);
  const close = (): void => drawer.current?.close();
  return (
    <>
      <button type="button" className="frame-menu" aria-haspopup="dialog" onClick={() => drawer.current?.showModal()}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M3 5.5h14M3 10h14M3 14.5h14" />
        </svg>
        {t('app.menu')}
      </button>
      {/* Browsers that know `closedby` close it by a click beside it, too. */}
      <dialog ref={drawer} className="frame-drawer" aria-label={t('app.menu')} {...{ closedby: 'any' }}>
        <button type="button" className="button" onClick={close}>
          {t('dialog.close')}
        </button>
        <Links className="frame-drawer-nav" onFollow={close} />
      </dialog>
    </>
  );
}

function Links({ className, onFollow }: { className: string; onFollow?: () => void }): ReactElement {
  const { t } = useTranslation();
  const administers = useRouterState({
    select: ({ matches }) => matches.some(({ routeId }) => routeId === '/inner/administration'),
  });
  return (
    <nav className={className} aria-label={t('app.navigation')}>
      <ul>
        {PAGES.map(({ to, name }) => (
          <li key={to}>
            <Link
              to={to}
              activeOptions={{ includeSearch: false }}
              {...(onFollow && { onClick: onFollow })}
              {...(name === 'administration' && administers && { 'data-inside': '' })}
            >
              {t(`nav.${name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
