import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type ReactElement, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut } from '../api/session';
import { SERVICE_ADDRESS } from '../config';
import { problemText } from '../i18n/problem-text';
import { Notice } from '../ui/notice';
import { Preferences } from '../ui/preferences';

const route = getRouteApi('/inner');

/** Who is signed in, how the pages look, and the way out. A plain disclosure: its content is a form, not a menu. */
export function AccountMenu(): ReactElement {
  const { t } = useTranslation();
  const { me } = route.useRouteContext();
  const [open, setOpen] = useState(false);
  const panel = useId();
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return undefined;
    const onPointer = (event: PointerEvent): void => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [open]);

  return (
    <div
      className="account"
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        setOpen(false);
        button.current?.focus();
      }}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        type="button"
        ref={button}
        className="account-button"
        aria-expanded={open}
        aria-controls={panel}
        onClick={() => setOpen(!open)}
      >
        <span className="account-initial" aria-hidden="true">
          {Array.from(me.name)[0]}
        </span>
        <span className="visually-hidden">{t('app.account')}</span>
        <span className="account-name">{me.name}</span>
      </button>
      <div id={panel} className="account-panel" hidden={!open}>
        <div className="account-who">
          <div>{t('app.signedInAs', { username: me.name })}</div>
          <small className="muted">{t(`role.${me.role}`)}</small>
        </div>
        <Link to="/account" onClick={() => setOpen(false)}>
          {t('app.ownAccount')}
        </Link>
        <Preferences />
        <a href={`${SERVICE_ADDRESS}/api/docs`}>{t('app.apiDocs')}</a>
        <SignOut />
      </div>
    </div>
  );
}

function SignOut(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => navigate({ to: '/sign-in' }),
  });
  return (
    <>
      {leave.isError && <Notice kind="error">{t('app.signOutFailed', { reason: problemText(t, leave.error) })}</Notice>}
      <button
        type="button"
        className="button"
        aria-disabled={leave.isPending}
        onClick={() => {
          if (!leave.isPending) leave.mutate();
        }}
      >
        {t('app.signOut')}
      </button>
    </>
  );
}
