import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { makePushKey } from '../../api/api-keys';
import { SERVICE_ADDRESS } from '../../config';
import { useFormats } from '../../i18n/format';
import { problemText } from '../../i18n/problem-text';
import { Command } from '../../ui/command';
import { Notice } from '../../ui/notice';
import { pushCommand } from '../../ui/push-command';
import { useMay } from '../../ui/use-may';

/** A command that pushes one user, and a key for it. */
export function PushExample(): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const isAdmin = useMay('admin');
  const key = useMutation({
    mutationFn: () => makePushKey(t('empty.keyName', { date: formats.moment(new Date().toISOString()) })),
  });
  const command = pushCommand({ address: SERVICE_ADDRESS, key: key.data, nickname: t('pushCommand.nickname') });

  return (
    <>
      <Command label={t('pushCommand.label')} text={command} />
      {key.data === undefined ? (
        <div className="empty-key">
          <p className="muted">{t(isAdmin ? 'empty.keyNeeded' : 'empty.keyByAdmin')}</p>
          {isAdmin && (
            <Button type="primary" loading={key.isPending} onClick={() => key.mutate()}>
              {t('empty.makeKey')}
            </Button>
          )}
        </div>
      ) : (
        <Notice kind="good">{t('empty.keyMade')}</Notice>
      )}
      {key.isError && <Notice kind="error">{t('empty.keyFailed', { reason: problemText(t, key.error) })}</Notice>}
    </>
  );
}
