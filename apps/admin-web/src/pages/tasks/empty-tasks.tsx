import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { makePushKey } from '../../api/api-keys';
import { SERVICE_ADDRESS } from '../../config';
import { useFormats } from '../../i18n/format';
import { problemText } from '../../i18n/problem-text';
import { CopyButton } from '../../ui/copy-button';
import { Notice } from '../../ui/notice';
import { pushCommand } from './push-command';

const route = getRouteApi('/inner');

/** Nothing has ever been synced: how to see the first task. */
export function EmptyTasks(): ReactElement {
  const { t } = useTranslation();
  const formats = useFormats();
  const { me } = route.useRouteContext();
  const key = useMutation({
    mutationFn: () => makePushKey(t('empty.keyName', { date: formats.moment(new Date().toISOString()) })),
  });
  const command = pushCommand(SERVICE_ADDRESS, key.data, t('empty.example'));
  const isAdmin = me.role === 'admin';

  return (
    <section className="empty" aria-labelledby="empty-title">
      <h2 id="empty-title">{t('empty.title')}</h2>
      <p>{t('empty.text')}</p>
      <div className="command">
        <pre tabIndex={0} role="region" aria-label={t('empty.command')}>
          <code>{command}</code>
        </pre>
        <CopyButton text={command} />
      </div>
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
      <p>
        <a href={`${SERVICE_ADDRESS}/api/docs`}>{t('empty.docs')}</a>
      </p>
    </section>
  );
}
