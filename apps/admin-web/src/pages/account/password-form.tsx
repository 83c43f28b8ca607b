import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, type SubmitEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changePassword } from '../../api/admins';
import { PASSWORD_MIN_LENGTH } from '../../api/types';
import { fieldText, untold } from '../../i18n/field-text';
import { errorsOf, fieldError } from '../../ui/field-errors';
import { PasswordField } from '../../ui/fields';
import { Notice } from '../../ui/notice';
import { ProblemNotice } from '../../ui/problem-notice';
import { useFocusWrong } from '../../ui/use-focus-wrong';

const PLACES = ['/currentPassword', '/newPassword'];

/** What was typed goes with the page: passwords are not kept as drafts. */
export function PasswordForm({ username }: { username: string }): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [tries, setTries] = useState(0);
  const checked = tries > 0;
  const change = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      setTries(0);
    },
  });
  const tooShort = Array.from(next).length < PASSWORD_MIN_LENGTH;
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setTries(tries + 1);
    if (current !== '' && !tooShort && !change.isPending) change.mutate();
  };
  const wrong = fieldError(change.error, '/currentPassword');
  const form = useFocusWrong(errorsOf(change.error), tries);
  const problem = untold(change.error, PLACES);
  return (
    <form ref={form} className="form" noValidate onSubmit={onSubmit}>
      {/* For password managers. */}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <PasswordField
        id={`${id}-current`}
        label={t('account.current')}
        autoComplete="current-password"
        value={current}
        error={checked && current === '' ? t('account.currentMissing') : wrong && t('account.currentWrong')}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <PasswordField
        id={`${id}-next`}
        label={t('account.next')}
        help={t('account.nextHelp', { count: PASSWORD_MIN_LENGTH })}
        autoComplete="new-password"
        value={next}
        error={
          checked && tooShort
            ? t('account.nextTooShort', { count: PASSWORD_MIN_LENGTH })
            : fieldText(t, change.error, '/newPassword')
        }
        onChange={(event) => setNext(event.target.value)}
      />
      {problem != null && <ProblemNotice error={problem} />}
      {change.isSuccess && <Notice kind="good">{t('account.done')}</Notice>}
      <div>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('account.submit')}
        </Button>
      </div>
    </form>
  );
}
