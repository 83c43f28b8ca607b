import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { SERVICE_ADDRESS } from '../../config';
import { PushExample } from './push-example';

/** Nothing has ever been synced: how to see the first task. */
export function EmptyTasks(): ReactElement {
  const { t } = useTranslation();
  return (
    <section className="empty" aria-labelledby="empty-title">
      <h2 id="empty-title">{t('empty.title')}</h2>
      <p>{t('empty.text')}</p>
      <PushExample />
      <p>
        <a href={`${SERVICE_ADDRESS}/api/docs`}>{t('empty.docs')}</a>
      </p>
    </section>
  );
}
