import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../../ui/page-head';
import { PasswordForm } from './password-form';
import './account.css';

const route = getRouteApi('/inner');

/** Who I am, and my own password. */
export default function AccountPage(): ReactElement {
  const { t } = useTranslation();
  const { me } = route.useRouteContext();
  return (
    <>
      <PageHead title={t('account.title')} />
      <div className="account-page">
        <section className="card card-padded" aria-labelledby="account-who">
          <h2 id="account-who">{t('account.who')}</h2>
          <dl className="account-facts">
            <dt>{t('account.username')}</dt>
            <dd>{me.name}</dd>
            <dt>{t('account.role')}</dt>
            <dd>
              {t(`role.${me.role}`)}
              <small className="muted">{t(`roleHelp.${me.role}`)}</small>
            </dd>
          </dl>
          <p className="muted">{t('account.changedByAdmin')}</p>
        </section>
        <section className="card card-padded" aria-labelledby="account-password">
          <h2 id="account-password">{t('account.password')}</h2>
          <PasswordForm username={me.name} />
        </section>
      </div>
    </>
  );
}
