import { type KeyboardEvent, type ReactElement, type SubmitEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/api-error';
import { signIn } from '../../api/session';
import { problemText } from '../../i18n/problem-text';
import { PasswordField, TextField } from '../../ui/fields';
import { Notice } from '../../ui/notice';
import { useCountdown } from './use-countdown';

/** When the service does not say how long to wait after too many attempts. */
const DEFAULT_WAIT_S = 60;

interface SignInFormProps {
  onSubmitting: () => void;
}

export function SignInForm({ onSubmitting }: SignInFormProps): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const username = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState<'username' | 'password'>();
  const [error, setError] = useState<unknown>();
  const [capsLock, setCapsLock] = useState(false);
  const wait = useCountdown();

  const refused = error instanceof ApiError && error.status === 401;
  const limited = error instanceof ApiError && error.status === 429;

  const submit = async (): Promise<void> => {
    const name = username.current?.value.trim() ?? '';
    const secret = password.current?.value ?? '';
    const empty = name === '' ? 'username' : secret === '' ? 'password' : undefined;
    setMissing(empty);
    if (empty) {
      (empty === 'username' ? username : password).current?.focus();
      return;
    }
    setBusy(true);
    setError(undefined);
    onSubmitting();
    try {
      await signIn(name, secret);
    } catch (failure) {
      setError(failure);
      if (failure instanceof ApiError && failure.status === 429) wait.start(failure.retryAfter ?? DEFAULT_WAIT_S);
      password.current?.focus();
      password.current?.select();
    } finally {
      setBusy(false);
    }
  };

  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!busy && wait.seconds === 0) void submit();
  };
  const onKey = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'));

  return (
    <form className="sign-in-form" noValidate onSubmit={onSubmit}>
      {error !== undefined && (
        <Notice kind="error">
          {refused && t('signIn.wrong')}
          {limited && <LimitText seconds={wait.seconds} from={error.retryAfter ?? DEFAULT_WAIT_S} />}
          {!refused && !limited && problemText(t, error)}
        </Notice>
      )}
      <TextField
        id={`${id}-username`}
        name="username"
        autoComplete="username"
        label={t('signIn.username')}
        inputRef={username}
        invalid={refused || missing === 'username'}
        error={missing === 'username' ? t('signIn.usernameMissing') : undefined}
        aria-required
        autoFocus
      />
      <PasswordField
        id={`${id}-password`}
        label={t('signIn.password')}
        inputRef={password}
        invalid={refused || missing === 'password'}
        error={missing === 'password' ? t('signIn.passwordMissing') : undefined}
        name="password"
        autoComplete="current-password"
        aria-required
        hint={capsLock ? t('signIn.capsLock') : undefined}
        onKeyUp={onKey}
      />
      <button type="submit" className="button button-primary" aria-disabled={busy || wait.seconds > 0}>
        {busy ? t('signIn.busy') : t('signIn.submit')}
      </button>
    </form>
  );
}

/** The seconds that run show; a screen reader hears the first and the last of them. */
function LimitText({ seconds, from }: { seconds: number; from: number }): ReactElement {
  const { t } = useTranslation();
  const text = (left: number): string => (left > 0 ? t('signIn.waitUntil', { count: left }) : t('signIn.waitOver'));
  return (
    <>
      <span aria-hidden="true">{text(seconds)}</span>
      <span className="visually-hidden">{text(seconds > 0 ? from : 0)}</span>
    </>
  );
}
