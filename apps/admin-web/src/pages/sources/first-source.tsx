import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../ui/use-may';
import { PushExample } from '../tasks/push-example';
import { AdapterChoice } from './adapter-choice';

/** Nothing but the built-in push source, and nothing came through it yet: the two ways to begin. */
export function FirstSource(): ReactElement {
  const { t } = useTranslation();
  const isAdmin = useMay('admin');
  return (
    <div className="first-source">
      <section className="empty" aria-labelledby="first-push">
        <h2 id="first-push">{t('sources.firstPush')}</h2>
        <p>{t('sources.firstPushText')}</p>
        <PushExample />
        <p>
          <Link to="/tasks">{t('sources.firstPushTasks')}</Link>
        </p>
      </section>
      <section className="empty" aria-labelledby="first-pull">
        <h2 id="first-pull">{t('sources.firstPull')}</h2>
        <p>{t(isAdmin ? 'sources.firstPullText' : 'sources.firstPullByAdmin')}</p>
        {isAdmin && <AdapterChoice read />}
      </section>
    </div>
  );
}
