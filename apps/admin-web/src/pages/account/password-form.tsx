import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, type SubmitEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changePassword } from '../../api/admins';
import { PASSWORD_MIN_LENGTH } from '../../api/types';
import { fieldError, unplaced } from '../../ui/field-errors';
import { PasswordField } from '../../ui/fields';
import { Notice } from '../../ui/notice';
import { ProblemNotice } from '../../ui/problem-notice';

/** What was typed goes with the page: passwords are not kept as drafts. */
export function PasswordForm({ username }: { username: string }): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [checked, setChecked] = useState(false);
  const change = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      setChecked(false);
    },
  });
  const tooShort = Array.from(next).length < PASSWORD_MIN_LENGTH;
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setChecked(true);
    if (current !== '' && !tooShort && !change.isPending) change.mutate();
  };
  const wrong = fieldError(change.error, '/currentPassword');
  const refused = fieldError(change.error, '/newPassword');
  return (
    <form className="form" noValidate onSubmit={onSubmit}>
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
        error={checked && tooShort ? t('account.nextTooShort', { count: PASSWORD_MIN_LENGTH }) : refused?.message}
        onChange={(event) => setNext(event.target.value)}
      />
      {unplaced(change.error, '/currentPassword', '/newPassword') != null && <ProblemNotice error={change.error} />}
      {change.isSuccess && <Notice kind="good">{t('account.done')}</Notice>}
      <div>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('account.submit')}
        </Button>
      </div>
    </form>
  );
}
