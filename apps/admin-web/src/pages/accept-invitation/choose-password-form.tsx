import { type ReactElement, type SubmitEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { acceptInvitation } from '../../api/admins';
import { ApiError } from '../../api/api-error';
import { adopt } from '../../api/session';
import { PASSWORD_MIN_LENGTH } from '../../api/types';
import { problemText } from '../../i18n/problem-text';
import { fieldError } from '../../ui/field-errors';
import { PasswordField, TextField } from '../../ui/fields';
import { Notice } from '../../ui/notice';
import { InvitationOver } from './invitation-over';

interface ChoosePasswordFormProps {
  token: string;
  /** What to sign in with from now on. */
  username: string;
  onSubmitting: () => void;
  onAccepted: () => void;
}

export function ChoosePasswordForm(props: ChoosePasswordFormProps): ReactElement {
  const { token, username, onSubmitting, onAccepted } = props;
  const { t } = useTranslation();
  const id = useId();
  const password = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [tooShort, setTooShort] = useState(false);
  const [error, setError] = useState<unknown>();

  const submit = async (): Promise<void> => {
    const chosen = password.current?.value ?? '';
    const short = Array.from(chosen).length < PASSWORD_MIN_LENGTH;
    setTooShort(short);
    if (short) {
      password.current?.focus();
      return;
    }
    setBusy(true);
    setError(undefined);
    onSubmitting();
    try {
      adopt(await acceptInvitation(token, chosen));
      onAccepted();
    } catch (failure) {
      setError(failure);
      if (isGuessable(failure)) password.current?.focus();
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!busy) void submit();
  };
  // The service knows no such invitation (any more).
  const over = error instanceof ApiError && error.status === 404;
  // No password would do: nobody is asked for one again.
  if (over) return <InvitationOver />;

  const guessable = isGuessable(error);

  return (
    <form className="sign-in-form" noValidate onSubmit={onSubmit}>
      {error !== undefined && !guessable && <Notice kind="error">{problemText(t, error)}</Notice>}
      <TextField
        id={`${id}-username`}
        label={t('signIn.username')}
        help={t('invitation.usernameHelp')}
        name="username"
        autoComplete="username"
        readOnly
        value={username}
      />
      <PasswordField
        id={`${id}-password`}
        label={t('invitation.password')}
        help={t('invitation.passwordHelp', { count: PASSWORD_MIN_LENGTH })}
        inputRef={password}
        name="password"
        autoComplete="new-password"
        maxLength={256}
        aria-required
        autoFocus
        error={
          tooShort
            ? t('invitation.tooShort', { count: PASSWORD_MIN_LENGTH })
            : guessable
              ? t('invitation.guessable')
              : undefined
        }
      />
      <button type="submit" className="button button-primary" aria-disabled={busy}>
        {busy ? t('invitation.busy') : t('invitation.submit')}
      </button>
    </form>
  );
}

const isGuessable = (error: unknown): boolean => fieldError(error, '/password')?.code === 'guessable';
